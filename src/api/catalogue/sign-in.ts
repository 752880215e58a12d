import type { CatalogueEntry } from './entry.ts';

/** What is refused of logins and codes. */
export const signInCatalogue = {
  client_of_people: {
    status: 409,
    title: 'This client has no secret',
    detail: (d) => `People sign in to act through the client ${d.client_id}: it has no secret and cannot get one.`,
    retryable: false,
    action: 'Create a client for the machine (POST /v1/clients).',
    cashierMessage: '该接入用于人员登录，没有密钥可换',
  },
  code_asked_too_often: {
    status: 429,
    title: 'Codes for this phone were requested too often',
    detail: (d) => `A phone gets one code a minute and five an hour; try again in ${d.retry_after_seconds} seconds.`,
    retryable: false,
    action: 'Wait as long as Retry-After says, then request a code again.',
    cashierMessage: '获取验证码过于频繁，请稍后再试',
  },
  login_ended: {
    status: 409,
    title: 'This login has ended',
    detail: (d) => `The login ${d.login_id} has ended.`,
    retryable: false,
    action: 'Create a new login; for an officer, propose a `login` again.',
    cashierMessage: '该登录账号已吊销',
  },
  login_name_taken: {
    status: 409,
    title: 'This name is taken',
    detail: () => 'Another login has or had this name.',
    retryable: false,
    action: 'Choose another name.',
    cashierMessage: '登录名已被使用，请换一个',
  },
  login_named_otherwise: {
    status: 409,
    title: 'This officer has a login with another name',
    detail: (d) => `An officer has one login and keeps its name; this officer has the login ${d.login_id}.`,
    retryable: false,
    action: 'Use the existing login name (GET /v1/logins).',
    cashierMessage: '该工作人员已有其他登录名',
  },
  totp_code_wrong: {
    status: 422,
    title: 'The code of the authenticator app is wrong',
    detail: () => 'The code is wrong or has expired.',
    retryable: false,
    action: 'Correct the clock of the device, and send its next code.',
    cashierMessage: '动态验证码不正确，请重试',
  },
  totp_confirmed: {
    status: 409,
    title: 'This login already has an authenticator app',
    detail: () => 'The authenticator app of this login is already confirmed.',
    retryable: false,
    action: 'Remove it first: POST /v1/session/totp/removal.',
    cashierMessage: '已开启动态验证码',
  },
  totp_not_begun: {
    status: 409,
    title: 'No authenticator app is being set up',
    detail: () => 'No secret was requested to which this code could belong.',
    retryable: false,
    action: 'Request a secret first: POST /v1/session/totp.',
    cashierMessage: '请先开始设置动态验证码',
  },
} as const satisfies Record<string, CatalogueEntry>;
