import { conflict, forbidden, type Instant, invalid, noSuch, notFound, refuserOf, tooMany } from '../ledger/index.ts';

/** The refusals of this folder. */
export const accessRefusals = {
  client_not_found: noSuch('client', 'client_id', '未找到该接入'),
  client_of_people: conflict(
    'This client has no secret',
    (d: { client_id: string }) => `People sign in to act through the client ${d.client_id}: it has no secret and cannot get one.`,
    'Create a client for the machine (POST /v1/clients).',
    '该接入用于人员登录，没有密钥可换',
  ),
  client_revoked: conflict(
    'This client is revoked',
    (d: { client_id: string }) => `The client ${d.client_id} is revoked and cannot be restored.`,
    'Create a new client.',
    '该接入已吊销',
  ),
  code_asked_too_often: tooMany(
    'Codes for this phone were requested too often',
    (d: { retry_after_seconds: number }) =>
      `A phone gets one code a minute and five an hour; try again in ${d.retry_after_seconds} seconds.`,
    'Wait as long as Retry-After says, then request a code again.',
    '获取验证码过于频繁，请稍后再试',
  ),
  community_not_found: noSuch('community', 'community_id', '未找到社区'),
  credential_of_another: forbidden(
    'This credential belongs to another officer',
    (d: { client_id: string; officer_id: string }) =>
      `The client ${d.client_id} belongs to the officer ${d.officer_id}, and nobody else may act for that officer.`,
    'Propose a new credential for that officer, and ask the street office to revoke the old one.',
    '该密钥属于其他工作人员，无权操作',
  ),
  foreign_community: forbidden(
    'This belongs to another community',
    (d: { community_id?: string | null; line?: number }) =>
      d.community_id ? `Only ${d.community_id} may decide this.` : 'Only the street office may decide this.',
    'Ask an officer of that community.',
    '属于其他社区，无权操作',
  ),
  login_ended: conflict(
    'This login has ended',
    (d: { login_id: string }) => `The login ${d.login_id} has ended.`,
    'Create a new login; for an officer, propose a `login` again.',
    '该登录账号已吊销',
  ),
  login_name_taken: conflict(
    'This name is taken',
    'Another login has or had this name.',
    'Choose another name.',
    '登录名已被使用，请换一个',
  ),
  login_named_otherwise: conflict(
    'This officer has a login with another name',
    (d: { login_id: string }) => `An officer has one login and keeps its name; this officer has the login ${d.login_id}.`,
    'Use the existing login name (GET /v1/logins).',
    '该工作人员已有其他登录名',
  ),
  login_not_found: noSuch('login', 'login_id', '未找到登录账号'),
  merchant_not_found: noSuch('merchant', 'merchant_id', '未找到商户'),
  officer_not_found: noSuch('officer', 'officer_id', '未找到工作人员'),
  resident_not_found: notFound(
    'There is no such resident',
    (d: { resident_id?: string }) =>
      `There is no ${['resident', ...(d.resident_id === undefined ? [] : [d.resident_id])].join(' ')} that you may see.`,
    'Check the id.',
    '未找到居民',
  ),
  rotated_recently: conflict(
    'This client got a new secret within the last day',
    (d: { client_id: string; previous_secret_until: Instant }) =>
      `The secret that the client ${d.client_id} had before is good until ${d.previous_secret_until}; another rotation would end it at once.`,
    'Give the client the newest secret. If that is lost, send `"force": true` with a new key: then the secret before it ends at once.',
    '一天内已更换过密钥，请使用新密钥；再次更换会使更早的密钥立即失效',
  ),
  scope_not_grantable: invalid(
    'This kind of client may not have this scope',
    (d: { scopes: readonly string[]; grantable: readonly string[] }) =>
      `This kind of client may not have: ${d.scopes.join(', ')}. It may have: ${d.grantable.join(', ')}.`,
    'Ask for fewer scopes.',
    '权限不可授予',
  ),
  second_officer_required: invalid<{ officer_id?: string; action_rule_id?: string }>(
    'A second officer is needed',
    'One officer proposes this, and another one approves it.',
    'Propose it at POST /v1/proposals, and ask another officer of the same office to approve it.',
    '需要两名工作人员',
  ),
  secret_replaced: conflict(
    'This secret has been replaced already',
    (d: { client_id: string }) => `The client ${d.client_id} has a newer secret than the one that was sent.`,
    'Rotate with the newest secret. If it is lost, ask an officer of the home community to rotate it.',
    '密钥已更换，请使用新密钥',
  ),
  secret_wrong: invalid(
    'This is not the secret of this client',
    (d: { client_id: string }) => `The secret that was sent does not belong to the client ${d.client_id}.`,
    'Send the newest secret of the client that asks.',
    '密钥不正确，请核对',
  ),
  session_not_found: noSuch('session', 'session_id', '未找到登录会话'),
  store_not_found: noSuch('store', 'store_id', '未找到门店'),
  street_only: forbidden(
    'Only the street office may do this',
    'The street office decides this.',
    'Ask an officer of the street office.',
    '仅街道可操作',
  ),
  totp_code_wrong: invalid(
    'The code of the authenticator app is wrong',
    'The code is wrong or has expired.',
    'Correct the clock of the device, and send its next code.',
    '动态验证码不正确，请重试',
  ),
  totp_confirmed: conflict(
    'This login already has an authenticator app',
    'The authenticator app of this login is already confirmed.',
    'Remove it first: POST /v1/session/totp/removal.',
    '已开启动态验证码',
  ),
  totp_not_begun: conflict(
    'No authenticator app is being set up',
    'No secret was requested to which this code could belong.',
    'Request a secret first: POST /v1/session/totp.',
    '请先开始设置动态验证码',
  ),
};

export const refuse = refuserOf(accessRefusals);
