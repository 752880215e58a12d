import { points, yuan } from '../../shared/format.ts';
import { daysSaid } from '../policies/days.ts';
import { pairsIn } from '../policies/policy.ts';
import type { policies as zh, PolicyWords } from './zh-policies.ts';

const JOINED = '; ';

const each: PolicyWords = {
  rate: {
    name: 'Value of points',
    explained: 'How much money points are worth. Issued vouchers keep their face value.',
    fields: { points: 'Points', fen: 'Are worth' },
    means: ({ points: n, fen }) => `${points(n)} points are worth ${yuan(fen)} yuan`,
  },
  voucher_validity: {
    name: 'Validity of vouchers',
    explained: 'How many days a voucher is valid, starting on the day after its issue.',
    fields: { days: 'Days' },
    means: ({ days }) => `Vouchers are valid for ${days} days`,
  },
  lot_validity: {
    name: 'Validity of points',
    explained: 'Points expire at the end of this calendar year after the deed.',
    fields: { years: 'Year after the deed' },
    means: ({ years }) =>
      years === 1 ? 'Points expire at the end of the following year' : `Points expire at the end of year ${years} after the deed`,
  },
  reversal_window: {
    name: 'Time to reverse a redemption',
    explained: 'How long after a redemption a cashier can reverse it.',
    fields: { hours: 'Hours' },
    means: ({ hours }) => `Redemptions can be reversed for ${hours} hours`,
  },
  grant_backdating: {
    name: 'Time limit for grants',
    explained: 'How many days after a deed points can still be granted.',
    fields: { days: 'Days' },
    means: ({ days }) => `Points can be granted up to ${days} days after the deed`,
  },
  exposure_limit: {
    name: 'Exposure limit',
    explained: 'The most points of one community that may be in wallets and vouchers.',
    fields: { points: 'Limit of each community', communities: 'Separate limits' },
    means: ({ points: n, communities = {} }, named) =>
      [
        `At most ${points(n)} unspent points for each community`,
        ...Object.entries(communities).map(([id, some]) => `${named(id)} ${points(some)} points`),
      ].join(JOINED),
  },
  proposal_validity: {
    name: 'Validity of proposals',
    explained: 'How long a proposal waits for its second officer. Days off do not count.',
    fields: { hours: 'Hours' },
    means: ({ hours }) => `Proposals are valid for ${hours} hours of working days`,
  },
  calendar: {
    name: 'Working days',
    explained:
      'The days off, and the weekend days on which work is made up for. Deadlines such as that of a proposal do not count days off.',
    fields: { off: 'Days off', on: 'Weekend days of work' },
    means: ({ off, on }) =>
      [
        'Monday to Friday are working days',
        ...(off.length > 0 ? [`off: ${daysSaid(off, ' to ')}`] : []),
        ...(on.length > 0 ? [`on: ${daysSaid(on, ' to ')}`] : []),
      ].join(JOINED),
  },
  grant_alone: {
    name: 'Grants by one officer',
    explained: 'How many points an officer may grant without a second officer. More than that needs a proposal.',
    fields: { points: 'A grant', points_day: 'An officer and day', points_resident_month: 'From one officer to one resident a month' },
    means: ({ points: n, points_day: day, points_resident_month: month }) =>
      `An officer alone grants at most ${points(n)} points at once, ${points(day)} points a day, and ${points(month)} points a month to one resident`,
  },
  code_validity: {
    name: 'Validity of codes',
    explained: 'How many seconds a code on the phone is valid.',
    fields: { seconds: 'Seconds' },
    means: ({ seconds }) => `Codes are valid for ${seconds} seconds`,
  },
  offline_window: {
    name: 'Time limit for offline redemptions',
    explained: 'How long a till may wait before it sends a redemption stored without a network.',
    fields: { hours: 'Hours' },
    means: ({ hours }) => `Offline redemptions must be sent within ${hours} hours`,
  },
  redemption_cycles: {
    name: 'Redemptions of one voucher',
    explained: 'How often one voucher may be redeemed, counting the reversed redemptions.',
    fields: { max: 'Times' },
    means: ({ max }) => `A voucher can be redeemed at most ${max} times`,
  },
  cut_off: {
    name: 'End of the business day',
    explained: 'The hour after which the next business day begins; 24 is midnight.',
    fields: { hour: 'Hour' },
    means: ({ hour }) => (hour === 24 ? 'A business day ends at midnight' : `A business day ends at ${hour}:00`),
  },
  fund: {
    name: 'Required fund',
    explained: 'Whether a community needs a fund to grant, and at what use it is warned.',
    fields: { required: 'A fund is needed', warn_percents: 'Warn at' },
    means: ({ required, warn_percents: percents = [] }) =>
      [
        required ? 'A community without a fund cannot grant' : 'No fund is needed; communities that have one cannot exceed it',
        `warned at ${percents.map((percent) => `${percent}%`).join(', ')}`,
      ].join(JOINED),
  },
  position_limit: {
    name: 'Debt warning between communities',
    explained: 'Both communities are warned when the net debt of one to the other exceeds this. Nothing is refused.',
    fields: { fen: 'Net debt', pairs: 'Separate amounts' },
    means: ({ fen, pairs = {} }, named) =>
      [
        fen === null ? 'No warning for debts between communities' : `Warning when the net debt reaches ${yuan(fen)} yuan`,
        ...pairsIn(pairs).map(({ debtor, creditor, fen: some }) => `${named(debtor)} to ${named(creditor)} ${yuan(some)} yuan`),
      ].join(JOINED),
  },
  confirmation: {
    name: 'Time to confirm payments',
    explained: 'How many days communities have to confirm a payment; after that the street office may confirm for them.',
    fields: { days: 'Days' },
    means: ({ days }) => `Payments must be confirmed within ${days} days`,
  },
};

export const policies: typeof zh = {
  title: 'Policies',
  lead: 'These are the street office’s rules. Every change is a new version: one officer proposes it, another approves it. A new version never applies to the past: earlier points, vouchers and redemptions keep the rules of their time.',
  all: 'Back to policies',
  policy: 'Policy',
  inForce: 'In force',
  since: 'Since',
  coming: 'Upcoming',
  from: (time) => `From ${time}`,
  versions: 'Versions',
  version: 'Version',
  standing: 'Status',
  current: 'In force',
  comingOne: 'Upcoming',
  past: 'Past',
  value: 'Content',
  effectiveFrom: 'Effective from',
  proposedBy: 'Proposed by',
  approvedBy: 'Approved by',
  setAt: 'Approved at',
  atFounding: 'Initial setting',
  propose: 'Propose a new version',
  proposeIt: 'Submit for approval',
  proposed: 'Submitted for approval: waiting for a second officer',
  willMean: 'New rule:',
  when: 'When it takes effect',
  whenApproved: 'As soon as it is approved',
  whenAt: 'At a set time',
  at: 'Effective from',
  atHint: 'Beijing time; not before the approval',
  optional: 'Leave empty for no limit',
  noAmount: 'Enter an amount above 0, such as 10 or 10.50',
  percentsHint: '1 to 5 percentages, such as 70, 90',
  daysHint: 'One date a line, or with commas between, such as 2027-01-01, 2027-02-15; may be empty',
  daysWrong: {
    unreadable: (text) => `“${text}” is no whole date: write 2027-01-01`,
    twice: (day) => `${day} stands there twice`,
    many: (most) => `At most ${most} days`,
  },
  community: 'Community',
  debtor: 'Payer',
  creditor: 'Payee',
  owes: 'owes',
  remove: 'Remove',
  addCommunity: 'Set one for a single community',
  addPair: 'Set one for a pair of communities',
  units: {
    points: 'points',
    points_day: 'points',
    points_resident_month: 'points',
    fen: 'yuan',
    days: 'days',
    years: '',
    hours: 'hours',
    seconds: 'seconds',
    max: 'times',
    hour: 'h',
  },
  each,
};
