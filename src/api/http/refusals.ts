import { GAP_DAYS_MAX, type Instant, marked } from '../../ledger/index.ts';

/** The HTTP answer for a code. */
export type Answered = {
  readonly status: number;
  /** Whether the same request with the same key may succeed later without any change. */
  readonly retryable: boolean;
};

const answered = (status: number) => marked<Answered>({ status, retryable: false });
const again = (status: number) => marked<Answered>({ status, retryable: true });
const badRequest = answered(400);
const unauthorized = answered(401);
const forbidden = answered(403);
const tooMany = again(429);

const askSupport = '请联系技术支持';
const sendAgain = 'send the same key again.';
const unknownOutcome = '结果未知，请用同一请求号重试';

/** The answers of the interface itself, before or after any command. */
export const httpRefusals = {
  malformed_json: badRequest(
    'The body is not JSON',
    (d: { reason?: string }) => `The body could not be read as UTF-8 JSON${d.reason ? `: ${d.reason}` : ''}.`,
    'Send one JSON value, encoded in UTF-8.',
    askSupport,
  ),
  malformed_csv: badRequest(
    'The body is not CSV',
    (d: { reason?: string }) => `The body could not be read as CSV${d.reason ? `: ${d.reason}` : ''}.`,
    'Send the same number of values on each line as on the first, in the charset that Content-Type names.',
    askSupport,
  ),
  malformed_workbook: badRequest(
    'The body is no workbook',
    'The body could not be read as a workbook (.xlsx): it is broken, protected by a password, or of another kind.',
    'Save it as .xlsx without a password, or as CSV, and send that.',
    '无法读取该文件，请去掉密码、另存为新格式的表格后重试',
  ),
  malformed_request: badRequest(
    'The request is not valid HTTP',
    'The request line, the address or a header could not be read.',
    'Correct the request.',
    askSupport,
  ),
  validation_failed: badRequest(
    'A field is missing, unknown or not valid',
    'The request does not match the schema of this route; `errors` names the fields, at most five of one item of a list and a hundred in all.',
    'Correct the fields named in `errors`.',
    '输入有误，请检查后重试',
  ),
  idempotency_key_missing: badRequest(
    'The Idempotency-Key header is missing',
    'Every write needs an Idempotency-Key.',
    'Send a new Idempotency-Key with each attempt, and the same one when repeating an attempt.',
    askSupport,
  ),
  idempotency_key_invalid: badRequest(
    'The Idempotency-Key header is not valid',
    'An Idempotency-Key is 1 to 64 characters of A-Z, a-z, 0-9, `.`, `_`, `:` and `-`.',
    'Send a valid Idempotency-Key; a UUID is one.',
    askSupport,
  ),
  unsupported_grant_type: badRequest(
    'This grant type is not supported',
    'Only grant_type=client_credentials is supported.',
    'Send grant_type=client_credentials.',
    askSupport,
  ),
  invalid_scope: badRequest(
    'The client may not have this scope',
    (d: { scope: string }) => `The client may not have: ${d.scope}.`,
    'Request scopes that the client has, or request none to get all of them.',
    askSupport,
  ),
  invalid_client: unauthorized(
    'The client id or secret is wrong',
    'The client is unknown or revoked, or the secret is wrong.',
    'Check the credentials; after a rotation the old secret works only for a while.',
    '登录失败，请联系管理员',
  ),
  unauthorized: unauthorized(
    'An access token or a session is needed',
    'The request has no bearer token and no cookie of a valid session.',
    'People sign in (POST /v1/sessions); programs get a token from POST /oauth/token and send it as `Authorization: Bearer …`.',
    '未登录，请重新登录',
  ),
  invalid_token: unauthorized(
    'The access token is not valid',
    'The token is broken, expired or from another service, or its client is revoked.',
    'Get a new token from POST /oauth/token and send the request again with the same key.',
    '登录已失效，请重新登录',
  ),
  insufficient_scope: forbidden(
    'The token lacks the scope for this',
    (d: { scope: string }) => `This needs the scope ${d.scope}.`,
    'Use a client that has the scope.',
    '没有权限',
  ),
  wrong_client: forbidden(
    'This client cannot act here',
    (d: { needed: string }) => `Only a client bound to ${d.needed} can do this.`,
    'Use the credential of the person, merchant or store that acts.',
    '没有权限',
  ),
  cross_site_request: forbidden(
    'The request comes from another site',
    'Only pages of this service may write with the cookie of a session.',
    'Send the request from a page of this service, or with a bearer token.',
    '请求来源不明，请从本系统页面操作',
  ),
  password_temporary: forbidden(
    'You need a password of your own first',
    'Somebody else knows this password.',
    'Set a new password: PUT /v1/session/password.',
    '请先修改临时密码',
  ),
  sign_in_failed: unauthorized(
    'Sign-in failed',
    'The name and password or code do not match, or are no longer valid.',
    'Check what you typed. A code is valid for 5 minutes and 5 tries: request another one.',
    '登录失败：密码或验证码不对，或验证码已失效，请重新输入或重新获取',
  ),
  totp_required: unauthorized(
    'A code of the authenticator app is needed',
    'This login needs a code of 6 digits in addition to the password.',
    'Send the same again with `totp`.',
    '请输入动态验证码',
  ),
  name_required: unauthorized(
    'The registered name is needed as well',
    'Nobody signed in with this number for 180 days: it may have a new owner by now.',
    'Send the same again with `name`, as it was registered.',
    '该手机号已半年未登录，请输入登记的姓名',
  ),
  phone_code_wrong: answered(422)(
    'A code is wrong or no longer good',
    'The code is wrong, has expired or has been used, or there were five wrong tries at it.',
    'Check what was typed, and send it with a new key, or request other codes.',
    '验证码不对或已失效，请重新输入或重新获取',
  ),
  not_found: answered(404)(
    'There is nothing at this address',
    'There is no such route, or nothing has this id.',
    'Check the address and the id.',
    '未找到',
  ),
  redemption_request_unknown: again(404)(
    'No redemption request with this number has arrived',
    (d: { request_no: string }) => `This client's request ${d.request_no} has not been decided yet. It may still arrive.`,
    'Send the request again with the same number, or void it so that it never counts.',
    '未收到该请求，请用同一请求号重试或作废',
  ),
  method_not_allowed: answered(405)(
    'This address does not support this method',
    (d: { allowed: string }) => `This address supports: ${d.allowed}.`,
    'Use a method named in the Allow header.',
    askSupport,
  ),
  payload_too_large: answered(413)(
    'The body is too large',
    function (d: { limit_lines?: number; limit_line_bytes?: number; limit_values?: number; limit_bytes?: number | undefined }) {
      if (d.limit_lines) return `A body may be at most ${d.limit_lines} lines here.`;
      if (d.limit_line_bytes) return `A line may be at most ${d.limit_line_bytes} bytes.`;
      if (d.limit_values) return `A body may hold at most ${d.limit_values} values.`;
      return d.limit_bytes ? `A body may be at most ${d.limit_bytes} bytes here.` : 'The body is larger than this route accepts.';
    },
    'Send less at once.',
    askSupport,
  ),
  unsupported_media_type: answered(415)(
    'This media type is not supported here',
    (d: { reason: string } | { accepted: readonly string[] }) =>
      'reason' in d ? `${d.reason} is not supported here.` : `This route accepts ${d.accepted.join(', ')}.`,
    'Send a supported media type and name it, usually `Content-Type: application/json`.',
    askSupport,
  ),
  checksum_mismatch: answered(422)(
    'The body does not match its checksum',
    (d: { sha256: string }) => `The received body has the SHA-256 ${d.sha256}.`,
    'Nothing was changed. Send the original file with the SHA-256 of its bytes.',
    askSupport,
  ),
  sign_in_locked: tooMany(
    'There were too many wrong tries from here',
    (d: { retry_after_seconds: number }) =>
      `There were too many wrong tries at this login from this address or device, or at the name of this number; try again in ${d.retry_after_seconds} seconds.`,
    'Wait as long as Retry-After says, or ask an officer: for a new password, which counts from the beginning, or for the name with which a number is registered.',
    '错误次数过多，请稍后再试',
  ),
  code_minted_too_often: tooMany(
    'This voucher got a code a moment ago',
    (d: { retry_after_seconds: number }) =>
      `A voucher gets one code in 2 seconds and 30 in 10 minutes; ask again in ${d.retry_after_seconds} seconds.`,
    'Show the code that you have; wait as long as Retry-After says, then send the same request with the same key.',
    '请稍等，新的券码马上就好',
  ),
  vouchers_too_often: tooMany(
    'Too many vouchers were taken and cancelled',
    (d: { retry_after_seconds: number }) =>
      `A resident may take and cancel vouchers 100 times, and then 10 times an hour; try again in ${d.retry_after_seconds} seconds.`,
    'Wait as long as Retry-After says, then send the same request with the same key.',
    '领取和取消代金券过于频繁，请稍后再试',
  ),
  list_tried_too_often: tooMany(
    'Lists were tried too often',
    (d: { retry_after_seconds: number }) => `Too many lists were tried; try again in ${d.retry_after_seconds} seconds.`,
    'Wait as long as Retry-After says.',
    '名单试读次数过多，请稍后再试',
  ),
  done_too_often: tooMany(
    'The same was done too often',
    (d: { retry_after_seconds: number }) => `It was done too often from here; try again in ${d.retry_after_seconds} seconds.`,
    'Wait as long as Retry-After says. A program signs in once, and keeps its session.',
    '操作过于频繁，请稍后再试',
  ),
  too_many_guesses: tooMany(
    'Too many wrong codes or secrets',
    (d: { retry_after_seconds: number }) => `There were too many wrong attempts; try again in ${d.retry_after_seconds} seconds.`,
    'Wait as long as Retry-After says.',
    '错误次数过多，请稍后再试',
  ),
  rate_limited: tooMany(
    'Too many requests',
    (d: { retry_after_seconds: number }) =>
      `There were more requests than one minute allows; try again in ${d.retry_after_seconds} seconds.`,
    'Wait as long as Retry-After says, then send the same request with the same key.',
    '请求过于频繁，请稍后重试',
  ),
  too_many_streams: tooMany(
    'Too many streams of events at once',
    (d: { at_most: number; retry_after_seconds: number }) => `One client may have at most ${d.at_most} open streams.`,
    'Close one, or wait until one has ended.',
    '打开的页面过多，请关闭其他页面',
  ),
  internal_error: again(500)(
    'Something went wrong on our side',
    'It is not known whether the request was carried out: send the same key again.',
    'Send the same request with the same key; if the error stays, report the request_id.',
    unknownOutcome,
  ),
  codes_not_deliverable: answered(501)(
    'One-time codes cannot be delivered here',
    'No gateway for text messages is set up.',
    'Ask the operator to set SMS_GATEWAY_URL.',
    '暂未开通短信验证码登录，请联系管理员',
  ),
  unavailable: again(503)<{ retry_after_seconds: number }>(
    'The service cannot answer right now',
    'It is not known whether the request was carried out: send the same key again.',
    'Wait as long as Retry-After says, then send the same request with the same key.',
    unknownOutcome,
  ),
  clock_wrong: again(503)(
    'The clock of the service is wrong',
    (d: { off_seconds: number }) =>
      `The clock was set ${d.off_seconds < 0 ? 'back' : 'ahead'} by ${Math.abs(d.off_seconds)} seconds while the service ran: no command is taken until it is right. Then ${sendAgain}`,
    'Set the clock of the machine right; if it is right now, start the service again.',
    '系统时间异常，暂不办理，请联系管理员',
  ),
  clock_unproven: again(503)(
    'The clock of the service does not fit its books',
    (d: { clock: 'ahead' | 'behind'; known_at: Instant }) =>
      d.clock === 'ahead'
        ? `Nothing was written for more than ${GAP_DAYS_MAX} days, since ${d.known_at}: the clock may be ahead, and no command is taken. Once one is, ${sendAgain}`
        : `The latest entry is of ${d.known_at}, which is yet to come: the clock is behind, and no command is taken. Once one is, ${sendAgain}`,
    'Set the clock of the machine right; if it is right, run `callmi resume --day` with the date of today.',
    '系统时间与账目不符，暂不办理，请联系管理员',
  ),
  scheme_not_founded: again(503)(
    'There is no scheme here yet',
    `The database holds no scheme that was founded. Once it does, ${sendAgain}`,
    'Check that DATABASE_URL names the right database; for a new scheme, run `callmi init`.',
    '系统尚未启用，请联系管理员',
  ),
  database_replaced: again(503)(
    'The database is no longer where it was',
    `The file of the database was moved, deleted or replaced while the service ran: no command is taken. Once one is, ${sendAgain}`,
    'Put the right file in its place, and start the service again.',
    '系统数据异常，暂不办理，请联系管理员',
  ),
  disk_refuses_writes: again(503)(
    'Nothing can be written',
    `The database can be read, but the disk refuses what is written. Once it takes it, ${sendAgain}`,
    'Make room on the disk, or look at why it can only be read.',
    '系统暂时无法保存，请联系管理员',
  ),
};
