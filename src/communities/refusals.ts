import { accessRefusals } from '../access/index.ts';
import { conflict, forbidden, type Instant, invalid, noSuch, refuserOf } from '../ledger/index.ts';
import { peopleRefusals } from './people/refusals.ts';

const aloneBy = { grant: 'at once', day: 'a day', month: 'a month to one resident' };

/** The refusals of this folder. */
export const communityRefusals = {
  ...peopleRefusals,
  action_rule_not_found: noSuch('action rule', 'action_rule_id', '未找到积分规则'),
  action_rule_not_valid: invalid(
    'The rule is not valid on this day',
    (d: { action_rule_id: string; occurred_on: string }) => `The rule ${d.action_rule_id} is not valid for a deed on ${d.occurred_on}.`,
    'Choose a rule that is valid on the day of the deed.',
    '规则在该日期无效',
  ),
  cap_exceeded: invalid(
    'A cap of the rule is reached',
    (d: { cap: string; limit: number; used: number; requested: number; frees_on: string }) =>
      `The cap per ${d.cap} is ${d.limit} points: ${d.used} are used and ${d.requested} more were requested. It resets on ${d.frees_on}.`,
    'Grant fewer points, or grant deeds of a later period.',
    '已达积分上限',
  ),
  community_exists: conflict(
    'This community already exists',
    (d: { community_id: string }) => `The community ${d.community_id} already exists.`,
    'Choose another id.',
    '社区已存在',
  ),
  community_only: forbidden(
    'Only a community may do this',
    'A community grants and claws back points, because it bears their cost; the street office does not.',
    'Ask an officer of that community.',
    '仅社区可操作',
  ),
  community_succeeded: conflict(
    'Another community has succeeded this one',
    (d: { community_id: string; successor_id: string; succeeded_from: string }) =>
      `${d.community_id} has been succeeded by ${d.successor_id} since ${d.succeeded_from}.`,
    'Ask the community that has succeeded it.',
    '社区已由其他社区合并承接',
  ),
  effective_date_out_of_range: invalid(
    'The deed is too old or in the future',
    (d: { earliest: string; latest: string }) => `A deed granted now must have a date from ${d.earliest} to ${d.latest}.`,
    'Correct the date of the deed.',
    '日期超出允许范围',
  ),
  exposure_limit_exceeded: invalid(
    "The community's exposure limit is reached",
    (d: { requested: number; available: number }) => `${d.requested} points were requested, but only ${d.available} may still be granted.`,
    'Wait until points are redeemed or expire, or ask the street office to raise the limit.',
    '社区积分额度不足',
  ),
  fund_exceeded: invalid(
    "The community's fund does not cover this",
    (d: { requested: number; available: number; fund_fen: number; cost_fen: number; open_fen: number }) =>
      `${d.requested} points were requested, but only ${d.available} may still be granted: the fund has ${d.fund_fen} fen, with ${d.cost_fen} spent and ${d.open_fen} promised.`,
    'Ask the street office to book a contribution to the fund, or wait until points expire.',
    '社区资金池余额不足',
  ),
  grant_alone_exceeded: invalid(
    'This is more than an officer grants alone',
    (d: { per: 'grant' | 'day' | 'month'; limit: number; used: number; requested: number }) =>
      `Without a second officer, an officer grants at most ${d.limit} points ${aloneBy[d.per]}: ${d.used} are used and ${d.requested} more were requested.`,
    'Propose the grant, for a second officer to approve.',
    '超过一人可发放的积分上限，请提交审批，由另一名工作人员同意',
  ),
  grant_already_reversed: conflict(
    'This grant is already reversed',
    (d: { reversed_at: Instant; grant_id: string }) => `The grant was reversed at ${d.reversed_at}.`,
    'Nothing to do: its points are already taken back.',
    '该积分已撤销',
  ),
  grant_clawed_back: conflict(
    'This grant is already clawed back',
    (d: { clawed_back_at: Instant; grant_id: string }) => `The grant was clawed back at ${d.clawed_back_at}.`,
    'Nothing to do: its points are already taken back.',
    '该积分已追回',
  ),
  grant_expired: conflict(
    'The points of this grant have expired',
    (d: { expires_on: string; grant_id: string }) => `The points expired on ${d.expires_on}, and cannot be reversed after that day.`,
    'Propose a claw-back if points were spent; the unspent ones have expired.',
    '积分已过期',
  ),
  grant_list_not_found: noSuch('list of grants', 'grant_list_id', '未找到该积分发放名单'),
  grant_not_found: noSuch('grant', 'grant_id', '未找到积分发放记录'),
  grant_spent: conflict(
    'Some points of this grant are spent',
    (d: { voucher_ids: readonly string[]; grant_id: string }) =>
      `Some points of the grant are in vouchers or redeemed: ${d.voucher_ids.join(', ')}.`,
    'Cancel the vouchers first, or propose a claw-back.',
    '积分已使用，无法撤销',
  ),
  grant_to_own_household: forbidden(
    "Nobody grants to oneself or one's household",
    (d: { officer_id: string; resident_id: string }) =>
      `The officer ${d.officer_id} is the resident ${d.resident_id}, or was in one household with them between the deed and today.`,
    'Ask other officers to grant it: neither who proposes nor who approves it may live with the resident.',
    '不能给本人或同户居民发放积分，请由其他工作人员办理',
  ),
  list_not_seen: invalid(
    'The list was not acknowledged as it is',
    'A list is approved by its hash and its sum: those in `acknowledged` are missing, or belong to another list.',
    'Read the proposal again, look through its rows, and approve it with the hash and the points that it shows.',
    '请重新核对名单和积分合计后再审批',
  ),
  list_points_changed: conflict(
    'The rules give other points now',
    (d: { approved: number; points_now: number }) =>
      `${d.approved} points stand in the list, but by the rules it would be ${d.points_now} now.`,
    'Propose the list again.',
    '积分规则已调整，请重新提交名单',
  ),
  merchant_name_taken: conflict(
    'A merchant of this community already has this name',
    (d: { merchant_id: string; community_id: string }) =>
      `The merchant ${d.merchant_id} of ${d.community_id} has a name that looks the same.`,
    'Use that merchant if it is the same one; otherwise add to the name what tells the two apart.',
    '本社区已有同名商户，请核对；不是同一家的，请在名称里加以区分',
  ),
  nothing_to_expire: conflict(
    'Nothing is left to expire',
    (d: { expires_on: string; points: number }) => `The lot that expires on ${d.expires_on} has ${d.points} points left to expire.`,
    'Nothing to do.',
    '没有可过期的积分',
  ),
  officer_concerned: forbidden(
    'An officer would decide about themself',
    (d: { officer_id: string; resident_id: string }) => `The resident ${d.resident_id} is the officer ${d.officer_id}.`,
    'Ask another officer to do it.',
    '涉及经办人本人，请由其他工作人员办理',
  ),
  officer_in_list: forbidden(
    'An officer would grant to themself or their household',
    (d: { officer_id: string; resident_id: string }) =>
      `The resident ${d.resident_id} in the list is the officer ${d.officer_id}, or lives in one household with this officer.`,
    'Take this resident out of the list, or let two other officers propose and approve it.',
    '名单中有经办人或审批人本人（或其家人），请移出名单或换人办理',
  ),
  points_out_of_range: invalid(
    'The rule does not allow these points',
    (d: { class: string; at_most: number }) =>
      `This is a ${d.class} rule. A commendation names its points, at most ${d.at_most}; for every other class the rule sets them.`,
    'Correct the points.',
    '积分数额不符合规则',
  ),
  policy_in_the_past: invalid(
    'A policy cannot start in the past',
    (d: { effective_from: Instant }) => `The policy would be effective from ${d.effective_from}, which is in the past.`,
    'Name a future time, or none.',
    '生效时间不能早于现在',
  ),
  proposal_decided: conflict(
    'This proposal is already decided',
    (d: { status: string; decided_at: Instant }) => `The proposal was ${d.status} at ${d.decided_at}.`,
    'Propose it again if it is still needed.',
    '该审批事项已处理',
  ),
  proposal_lapsed: conflict(
    'This proposal has lapsed',
    (d: { lapsed_at: Instant }) => `The proposal lapsed at ${d.lapsed_at}.`,
    'Propose again.',
    '该审批事项已失效',
  ),
  proposal_not_found: noSuch('proposal', 'proposal_id', '未找到该审批事项'),
  reference_in_list: invalid(
    'A reference stands in the list twice',
    (d: { external_reference: string; row: number }) => `The reference ${d.external_reference} stands in row ${d.row} of the list already.`,
    'Leave the row out if it is the same deed; otherwise give the deed its own reference.',
    '名单中编号重复',
  ),
  reference_used: conflict(
    'This reference is already used',
    (d: { external_reference: string; stored_as?: string; grant_id: string }) =>
      `The reference ${d.external_reference} was used${d.stored_as === undefined ? '' : ` as ${d.stored_as}`} for the grant ${d.grant_id}.`,
    'Nothing to do if it is the same deed; otherwise give the deed its own reference.',
    '该编号已使用',
  ),
  same_officer: forbidden<{ proposal_id: string }>(
    'The proposer cannot approve',
    'The proposal needs a second officer.',
    'Ask another officer to approve it.',
    '需由另一名工作人员审批',
  ),
  scheme_founded: conflict(
    'The scheme is already set up',
    (d: { founded_at: Instant }) => `The scheme was set up at ${d.founded_at}.`,
    'Nothing to do.',
    '系统已初始化',
  ),
  status_unchanged: conflict(
    'It already has this status',
    (d: { status: string }) => `Its status is already ${d.status}.`,
    'Nothing to do.',
    '状态未变化',
  ),
  store_name_taken: conflict(
    'A store of this merchant already has this name',
    (d: { store_id: string; merchant_id: string }) => `The store ${d.store_id} of ${d.merchant_id} has a name that looks the same.`,
    'Use that store if it is the same one; otherwise add to the name what tells the two apart.',
    '该商户已有同名门店，请核对；不是同一家的，请在名称里加以区分',
  ),
  succession_in_the_past: invalid(
    'A succession cannot start in the past',
    (d: { effective_from: string; earliest: string }) =>
      `The succession would begin on ${d.effective_from}, but the earliest possible day is ${d.earliest}.`,
    'Propose it for a later day.',
    '承接日期过早',
  ),
  successor_cycle: invalid(
    'A succession cannot lead in a circle',
    (d: { successor_id: string; community_id: string }) =>
      `${d.successor_id} is ${d.community_id} itself, or a chain of successions leads from it to ${d.community_id}.`,
    'Choose another successor.',
    '承接关系不能循环',
  ),
  successor_set: conflict(
    'This community already has a successor',
    (d: { successor_id: string; community_id: string; succeeded_from: string }) =>
      `${d.successor_id} succeeds ${d.community_id} from ${d.succeeded_from} on, and this cannot be changed.`,
    'If something changes again, give the successor a successor.',
    '社区已设置承接社区',
  ),
};

export const refuse = refuserOf({ ...communityRefusals, ...accessRefusals });
