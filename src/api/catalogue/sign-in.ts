import type { CatalogueEntry } from './entry.ts';

/** What is refused of logins and codes. */
export const signInCatalogue = {
  client_of_people: {
    status: 409,
    title: 'This client has no secret',
    detail: (d) => `People sign in to act through the client ${d.client_id}: it has no secret, and gets none.`,
    retryable: false,
    action: 'Make a client for the machine (POST /v1/clients).',
    cashierMessage: '该客户端用于人员登录，不能更换密钥',
  },
  code_asked_too_often: {
    status: 429,
    title: 'Codes for this phone were asked for too often',
    detail: (d) => `A phone gets one code a minute, and five an hour; the next in ${d.retry_after_seconds} seconds.`,
    retryable: false,
    action: 'Wait as long as Retry-After says, then ask again.',
    cashierMessage: '获取验证码过于频繁，请稍后再试',
  },
  login_ended: {
    status: 409,
    title: 'This login has ended',
    detail: (d) => `The login ${d.login_id} has ended.`,
    retryable: false,
    action: "Make a new login; an officer's begins again with a proposal `login`.",
    cashierMessage: '该登录账号已停用',
  },
  login_name_taken: {
    status: 409,
    title: 'This name is taken',
    detail: () => 'Another login has this name, or had it.',
    retryable: false,
    action: 'Choose another name.',
    cashierMessage: '登录名已被使用，请换一个',
  },
  login_named_otherwise: {
    status: 409,
    title: 'This officer has a login of another name',
    detail: (d) => `An officer has one login, and keeps its name; that of this officer is ${d.login_id}.`,
    retryable: false,
    action: 'Name the login as it is named: GET /v1/logins.',
    cashierMessage: '该工作人员已有其他登录名',
  },
  totp_code_wrong: {
    status: 422,
    title: 'This is not the code of the authenticator app',
    detail: () => 'The code is not of this secret, or not of now.',
    retryable: false,
    action: 'Set the clock of the device right, and send its next code.',
    cashierMessage: '动态验证码不正确，请重试',
  },
  totp_confirmed: {
    status: 409,
    title: 'There is an authenticator app already',
    detail: () => 'This login has an authenticator app.',
    retryable: false,
    action: 'Remove it first: POST /v1/session/totp/removal.',
    cashierMessage: '已绑定动态验证码',
  },
  totp_not_begun: {
    status: 409,
    title: 'No authenticator app was begun',
    detail: () => 'There is no secret whose code this could be.',
    retryable: false,
    action: 'Get a secret first: POST /v1/session/totp.',
    cashierMessage: '请先开始绑定动态验证码',
  },
} as const satisfies Record<string, CatalogueEntry>;
