export { account, type AccountKind, accountFacts, accountId, kinds, normalBalance, partsOf, type Unit, walletOf } from './accounts.ts';
export { type AuditReport, type Check, type CheckReport, type Finding, finding, runChecks } from './audit.ts';
export { auditReports, checksOf, recordAudit, type RecordAuditInput } from './audit-reports.ts';
export { lastBackup, recordBackup } from './backups.ts';
export { AHEAD_OF_UTC_MS, addDays, dayAfter, dayOf, endOfYear, isDay, startOfDay } from './calendar.ts';
export {
  balanceOf,
  type Call,
  type Command,
  type Decision,
  type Done,
  type Facts,
  isRefusal,
  type Known,
  many,
  one,
  type Outcome,
  put,
  type Refusal,
  type RowChange,
  type Success,
  type Use,
  type Want,
} from './command.ts';
export {
  conflict,
  type Definition,
  type Explained,
  type FiguresOf,
  forbidden,
  type Instant,
  invalid,
  type Kind,
  marked,
  noSuch,
  notFound,
  refuserOf,
  tooMany,
} from './refusing.ts';
export { ledgerRefusals } from './refusals.ts';
export { entriesOfDay } from './day-entries.ts';
export { closeDay, lastClosedDay, lastDayOver } from './business-day.ts';
export { entryId, nthId, type Submission } from './batch.ts';
export { Engine, SYSTEM_CLIENT, Unavailable } from './engine.ts';
export { type ClockGap, clockGap, GAP_DAYS_MAX, resume, SKEW_MS } from './known-time.ts';
export { limitKey } from './limits.ts';
export { type Asking, preview, type Trial, trialOf } from './preview.ts';
export { remembering } from './remembering.ts';
export { sameHash } from './same-hash.ts';
export type { Row } from '../store/index.ts';
export { cr, dr, type EntryDraft, mirror, type Posting } from './entry.ts';
export {
  accountsPage,
  type Balance,
  balances,
  balancesOfDays,
  entriesById,
  entryById,
  entryPages,
  type EntryWithPostings,
  postingsOf,
  summed,
} from './queries.ts';
export { requestByNumber } from './requests.ts';
export { hledgerJournal } from './export.ts';
export { ledgerChecks } from './invariants.ts';
export { type TrialBalance, trialBalance } from './trial-balance.ts';
export { afterWorkingDays, afterWorkingHours, type Calendar, isWorkingDay } from './working-days.ts';
export { type Counters, countersCheck, type Leftovers } from './counters.ts';
export { byDay, Tally } from './tally.ts';
