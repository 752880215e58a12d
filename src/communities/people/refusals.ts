import { conflict, forbidden, type Instant, invalid, noSuch, notFound } from '../../ledger/index.ts';

/** The refusals about people: their registration, consent, number, household and leaving. */
export const peopleRefusals = {
  consent_recorded: conflict(
    'The consent is recorded already',
    (d: { consented_at: Instant; resident_id: string }) => `The resident consented to this version of the notice at ${d.consented_at}.`,
    'Nothing to do.',
    '同意书已登记',
  ),
  erasure_due: conflict(
    'This erasure has begun',
    (d: { erasure_id: string; due_at: Instant }) => `The erasure could be withdrawn until ${d.due_at}.`,
    'Nothing to do: the person is being erased. They may register anew.',
    '注销已开始办理，无法撤回',
  ),
  erasure_not_found: noSuch('erasure', 'erasure_id', '未找到该注销申请'),
  erasure_withdrawn: conflict(
    'This erasure was withdrawn',
    (d: { erasure_id: string; withdrawn_at: Instant }) => `The erasure was withdrawn at ${d.withdrawn_at}.`,
    'Nothing to do: the person stays.',
    '该注销申请已撤回',
  ),
  household_code_wrong: invalid(
    'The code of the household is not right',
    'No household has this code, or the code is older than a day.',
    'Ask the head of the household for a new code, and type it as it is shown.',
    '家庭码有误或已过期，请向户主索取新的家庭码',
  ),
  household_ended: conflict(
    'This household has ended',
    (d: { household_id: string; ended_at: Instant }) => `The household ended at ${d.ended_at}.`,
    'Found a household anew.',
    '该家庭户已解散',
  ),
  household_full: conflict(
    'This household is full',
    (d: { household_id: string; at_most: number }) => `A household has at most ${d.at_most} members.`,
    'Found another household.',
    '该家庭户人数已满',
  ),
  household_head_only: forbidden(
    'Only the head of the household may do this',
    (d: { household_id: string }) => `Only the head of the household ${d.household_id} makes its codes, hands it over and ends it.`,
    "Ask the head; if the head cannot do it, an officer of the household's community can.",
    '仅户主可操作',
  ),
  household_head_stays: conflict(
    'The head stays while others are in the household',
    (d: { household_id: string; others: number }) => `Besides the head, ${d.others} are in the household.`,
    'Hand the household over to another member first, or end it.',
    '您是户主，家庭户中还有其他成员：请先移交户主或解散家庭户',
  ),
  household_not_found: noSuch('household', 'household_id', '未找到该家庭户'),
  in_household_already: conflict(
    'The resident is in a household already',
    (d: { resident_id: string; household_id: string }) => `The resident ${d.resident_id} is in the household ${d.household_id}.`,
    'Leave that household first.',
    '已在一个家庭户中，请先退出',
  ),
  list_taken_before: conflict(
    'This list was taken before',
    (d: { taken_at: Instant }) => `The list was taken at ${d.taken_at}; its request may be sent again for ten minutes.`,
    'Take the list anew, with a new Idempotency-Key.',
    '这份名单早已导出，请重新导出',
  ),
  name_unchanged: conflict('This is already the name', 'The resident already has exactly this name.', 'Nothing to do.', '姓名未变化'),
  not_in_household: conflict(
    'The resident is not in the household',
    (d: { resident_id: string }) => `The resident ${d.resident_id} is in no household, or in another one.`,
    'Found a household, or join one with the code of its head.',
    '不在该家庭户中',
  ),
  notice_outdated: invalid(
    'There is a newer privacy notice',
    (d: { notice_version: number }) => `The notice is version ${d.notice_version} by now.`,
    'Show the notice again (GET /v1/privacy-notice), and send the version to which the person consents.',
    '告知书已更新，请重新阅读并同意',
  ),
  officer_person_differs: conflict(
    'This is not what is stated about the officer',
    (d: { officer_id: string }) =>
      `Another resident, or nothing, is stated about the officer ${d.officer_id}, and only that can be confirmed.`,
    'Read the statement again; if it is wrong, the street office changes it (POST /v1/proposals, command `officer_person`).',
    '与登记的本人居民身份不符，如需更改请联系街道',
  ),
  officer_person_unstated: conflict(
    'It is not stated which resident the officer is',
    (d: { officer_id: string; ended_at?: Instant }) =>
      d.ended_at === undefined
        ? `Which resident the officer ${d.officer_id} is, or that the officer is none, was never stated.`
        : `Which resident the officer ${d.officer_id} is was last confirmed a year ago, and counted until ${d.ended_at}.`,
    'Propose the grant, or confirm the statement (PUT /v1/officers/me/person). If there is none, the street office states it (POST /v1/proposals, command `officer_person`).',
    '本人居民身份未登记或已过期：请提交审批，或先确认身份',
  ),
  phone_change_not_found: notFound<{ phone_change_id?: string }>(
    'There is no such change of a number',
    'No number was changed at a counter that could be stopped by this.',
    'Check the number, or the id. A change can be stopped for 72 hours: after that it is found no more.',
    '没有可停止的换号：请核对号码；换号已超过 72 小时的，不能再停止',
  ),
  phone_change_open: conflict(
    'A change of the number may still be stopped',
    (d: { closed_until: Instant }) =>
      `The number was changed at a counter, and whoever has the old one may stop that until ${d.closed_until}.`,
    'Wait until then. If the change was wrong, whoever has the old number goes to any counter and stops it.',
    '换号尚在 72 小时等待期内，期满后才能办理',
  ),
  phone_change_over: conflict(
    'It is too late to stop this change',
    (d: { closed_until: Instant }) => `The change of the number could be stopped until ${d.closed_until}.`,
    'Ask two officers of the home community to change the number again.',
    '已超过 72 小时，不能再停止换号，请到所属社区重新办理',
  ),
  phone_change_stopped: conflict(
    'This change is already stopped',
    (d: { stopped_at: Instant }) => `The change of the number was stopped at ${d.stopped_at}.`,
    'Nothing to do: the resident has the old number again.',
    '该换号已停止，原手机号已恢复',
  ),
  phone_registered: conflict(
    'This phone is registered already',
    'A resident is registered with this phone.',
    'Sign in with it, or ask at the counter of your community.',
    '该手机号已登记，请直接登录；如非本人登记，请联系社区',
  ),
  phone_taken: conflict(
    'This phone already belongs to a resident',
    'A resident with this phone is already registered.',
    'Look the resident up.',
    '该手机号已登记',
  ),
  phone_unchanged: conflict('This is already the number', 'The resident already has this number.', 'Nothing to do.', '手机号未变化'),
  registration_decided: conflict(
    'This registration is decided already',
    (d: { status: string; resident_id: string }) => `The registration is not waiting any more: the resident is ${d.status}.`,
    'Nothing to do.',
    '该登记已处理',
  ),
  registration_not_found: noSuch('registration', 'resident_id', '未找到该自助登记'),
  resident_at_home: conflict(
    'The resident already belongs to this community',
    (d: { community_id: string }) => `The home community of the resident is ${d.community_id} already.`,
    'Nothing to do.',
    '该居民已属于本社区',
  ),
  resident_declined: conflict<{ resident_id?: string }>(
    'The registration was declined',
    'An officer declined the registration of this resident.',
    'Register the person anew at the counter.',
    '该登记已被驳回，请到社区窗口重新登记',
  ),
  resident_erased: conflict<{ resident_id?: string }>(
    'This resident has left',
    'The resident was erased: nothing about them is changed, earned or spent any more.',
    'Nothing to do; the person may register anew.',
    '该居民已注销',
  ),
  resident_leaving: conflict(
    'The resident is leaving',
    (d: { resident_id: string; erasure_id: string }) => `The erasure ${d.erasure_id} of the resident ${d.resident_id} is requested.`,
    'Wait until it is carried out; if the resident stays after all, withdraw it first.',
    '该居民已申请注销，如需办理请先撤回注销',
  ),
  resident_suspended: conflict<{ resident_id?: string }>(
    'The resident is suspended',
    'The resident is suspended and cannot earn or spend points.',
    "Ask the resident's home community.",
    '居民账户已停用，请联系所属社区',
  ),
  resident_unconfirmed: conflict<{ resident_id?: string }>(
    'The registration is not confirmed yet',
    'The resident registered on their own phone, and cannot spend points or join a household until an officer of the community confirms it.',
    "Ask the resident's home community to confirm the registration.",
    '居民自助登记尚未经社区确认，确认以后才能办理',
  ),
  same_person_question: conflict(
    'Somebody of this name is registered here already',
    (d: { resident_ids: readonly string[] }) => `Residents of this community have the same name: ${d.resident_ids.join(', ')}.`,
    'Look at them. If it is somebody else, send it again under a new key, with `different_person` and your reason in words; if it is one person, register nobody.',
    '本社区已有同名居民，请核对是否同一人；不是同一人的，请写明理由后再登记',
  ),
  same_person_question_not_found: notFound(
    'There is no such question',
    (d: { resident_id: string; other_id: string }) => `Nobody asks whether ${d.resident_id} and ${d.other_id} are one person.`,
    'Check the ids.',
    '未找到该核对事项',
  ),
  text_not_found: notFound(
    'There is no such text',
    (d: { table: string; column: string }) => `There is no such row of ${d.table}, or its ${d.column} is not to be emptied by hand.`,
    'Take table, key and column from `callmi find NAME`.',
    '未找到该文字',
  ),
};
