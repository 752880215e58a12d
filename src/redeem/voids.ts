/** The void of a request number: the advice that a redemption must never count, whether or not it was seen. */
import { hexOf, idOf } from '../store/index.ts';
import {
  type Call,
  type Command,
  type Decision,
  type Facts,
  type Known,
  many,
  nthId,
  one,
  put,
  type Row,
  type Want,
} from '../ledger/index.ts';
import { redeem } from './redemptions.ts';
import { refuse } from './refusals.ts';
import { adjusted, isOwn, undo, wantUndo } from './reversals.ts';

export type VoidInput = {
  /** The client that asks. */
  readonly client: string;
  /** The request number of the redemption that must never count. */
  readonly requestNo: string;
  readonly reason: string;
};

export type VoidReply = {
  id: string;
  request_no: string;
  /** The redemption that the request had made, if it had made one. */
  redemption_id: string | null;
  /** Whether this void reversed that redemption; false if there was nothing left to reverse. */
  reversed: boolean;
  voided_at: number;
};

/**
 * Makes sure that a redemption request never counts: reverses its redemption, or leaves a tombstone if the request never arrived. There is
 * no time limit; only an adjustment by two officers prevents it. From then on the request number answers `request_voided`, so that a late
 * duplicate takes nothing off.
 *
 * The number is looked for under the client that asks, and then under the others of its merchant and store: a till may have a new client
 * since. If none of them has seen it, the tombstone stands under all that are active.
 */
export const voidRedemption: Command<VoidInput, VoidReply> = {
  name: 'void-redemption',
  load: loadVoidRedemption,
  decide: decideVoidRedemption,
};

function loadVoidRedemption({ client, requestNo }: VoidInput, known: Known, at: number): readonly Want[] {
  const merchantId = known.get('client', client)?.merchantId;
  const wants = [one('client', client), ...(merchantId == null ? [] : [many('client', 'merchant', merchantId)])];
  for (const { id } of askedAndOthers(known, client)) {
    const request = known.get('request', requestNo, id);
    const redemptionId = request && redemptionOf(request);
    wants.push(one('request', requestNo, id), ...(redemptionId ? wantUndo(redemptionId, known, at) : []));
  }
  return wants;
}

type Candidate = { readonly id: string; readonly active: boolean };

/** The client that asks, and then the others that act for its merchant and store. */
function askedAndOthers(known: Known, client: string): Candidate[] {
  const asking = known.get('client', client);
  const own = { id: client, active: true };
  if (asking?.merchantId == null) return [own];
  const { merchantId, storeId } = asking;
  const others = known.list('client', 'merchant', merchantId).filter((other) => other.id !== client && mayShare(storeId, other.storeId));
  return [own, ...others.map(({ id, status }) => ({ id, active: status === 'active' }))];
}

/** Whether clients that are bound to these stores may act for the same one; null: any of the merchant. */
function mayShare(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

/** A request under the voided number that made a redemption. */
type Made = { readonly request: Row<'request'>; readonly redemptionId: string };

function decideVoidRedemption(facts: Facts, { client, requestNo, reason }: VoidInput, call: Call): Decision<VoidReply> {
  const own = facts.get('request', requestNo, client);
  if (own && own.command !== redeem.name) return refuse('request_not_voidable', { request_no: requestNo });
  const made = requestsMade(facts, client, requestNo);
  const standing = made.filter(({ redemptionId }) => !facts.get('redemptionReversal', redemptionId));
  const meant = made.find(({ request }) => request === own) ?? standing[0] ?? made[0];
  if (meant?.request !== own && standing.length > 1) {
    return refuse('request_no_shared', { request_no: requestNo, redemption_ids: standing.map(({ redemptionId }) => redemptionId) });
  }
  const redemptionId = meant?.redemptionId ?? null;
  const stands = meant !== undefined && standing.includes(meant);
  const moved = stands ? adjusted(facts, meant.redemptionId) : undefined;
  if (moved) return moved;

  // From here on it succeeds.
  const undone = stands ? undo(facts, facts.get('redemption', meant.redemptionId)!, 'voided', reason, call) : { rows: [] };
  const voided = voidedRequests(facts, { client, requestNo, meant: meant?.request }, call);
  return {
    ...undone,
    rows: [...undone.rows, ...voided.map((row) => put('request', row))],
    reply: {
      id: idOf('vod', call.id),
      request_no: requestNo,
      redemption_id: redemptionId,
      reversed: stands,
      voided_at: (own ?? voided[0]!).voidedAt ?? call.at,
    },
  };
}

/** The requests under a number that made a redemption of the merchant and store of the client that asks; its own comes first. */
function requestsMade(facts: Facts, client: string, requestNo: string): Made[] {
  const asking = facts.get('client', client);
  return askedAndOthers(facts, client).flatMap(({ id }) => {
    const request = facts.get('request', requestNo, id);
    const redemptionId = request && redemptionOf(request);
    if (!redemptionId) return [];
    const { merchantId, storeId } = facts.get('redemption', redemptionId)!;
    const shared = id === client || isOwn({ merchantId, storeId }, asking!.merchantId!, asking!.storeId);
    return shared ? [{ request, redemptionId }] : [];
  });
}

type Voided = { readonly client: string; readonly requestNo: string; readonly meant: Row<'request'> | undefined };

/**
 * The requests that never count from now on: the one of the client that asks, and the one that is meant. If none of them made a redemption,
 * the number is kept free under the other active clients as well: the original may still come by one of them.
 */
function voidedRequests(facts: Facts, { client, requestNo, meant }: Voided, call: Call): Row<'request'>[] {
  return askedAndOthers(facts, client).flatMap(({ id, active }, n) => {
    const request = facts.get('request', requestNo, id);
    const concerned = id === client || (request ? request === meant : active && meant === undefined);
    if (!concerned) return [];
    return [{ ...(request ?? tombstone(id, requestNo, n, call)), voidedAt: request?.voidedAt ?? call.at }];
  });
}

/** The redemption that a request made; undefined if it was refused, was voided before it arrived, or is not a redemption. */
export function redemptionOf({ command, commandId, outcome }: Row<'request'>): string | undefined {
  return command === redeem.name && outcome === null ? idOf('red', commandId) : undefined;
}

/** Ids of tombstones are counted up from here, so that they are not those of the void's own entries. */
const TOMBSTONES = 0x80_0000;

/** The row of a request that was voided before it was ever seen: the n-th of this void. */
function tombstone(client: string, key: string, n: number, call: Call): Row<'request'> {
  const { at, actor } = call;
  const outcome = JSON.stringify({ refused: 'request_voided', details: { voided_at: at } });
  const commandId = hexOf(nthId('ent', call, TOMBSTONES + n));
  return { client, key, hash: '', command: redeem.name, commandId, actor, at, outcome, voidedAt: at, version: 0 };
}
