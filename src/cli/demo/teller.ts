/** Tells a story over HTTP: each request, its answer, and the entry it posted. */
import assert from 'node:assert/strict';
import type { Credential } from '../../../seeds/index.ts';
import { accountFacts } from '../../ledger/index.ts';
import { type Answer, type Caller, type Request, textIn, valueAt } from './http.ts';
import type { Out } from './out.ts';

type Ask = Request & {
  readonly as: Credential;
  /** The status that the story expects. */
  readonly expect: number;
  /** The members of the answer that are shown, as paths: `voucher.face_fen`. */
  readonly show: readonly string[];
};

export type Teller = {
  scene(title: string): void;
  tell(line: string): void;
  /** Says something in Chinese, as people would. */
  speak(who: string, words: string): void;
  ask(ask: Ask): Promise<Answer>;
  /** Shows a posted entry, read by an officer who may read the ledger. */
  entry(id: string): Promise<void>;
  /** Shows how a client gets its token, the first time only. */
  token(credential: Credential): Promise<void>;
};

type WirePosting = { readonly account: string; readonly side: 'debit' | 'credit'; readonly amount: number };

const INDENT = '   ';
const WRAP_AT = 100;

export function tellerOf(out: Out, caller: Caller, ledgerReader: Credential): Teller {
  let scenes = 0;

  function request({ method, path, key, body }: Request): void {
    out.say(`${INDENT}→ ${method} ${shortened(path)}${key === undefined ? '' : `   Idempotency-Key: ${key}`}`);
    if (body) say('  ', JSON.stringify(body));
  }

  function answered({ status, replayed, body }: Answer, show: readonly string[]): void {
    const mark = `← ${status} `;
    if (replayed) out.say(`${INDENT}${mark}  Idempotency-Replayed: true`);
    say(replayed ? '  ' : mark, excerpt(body, show));
  }

  /** Prints JSON after a mark, in as many lines as necessary. */
  function say(mark: string, json: string): void {
    const lines = wrapped(shortened(json));
    for (const [n, line] of lines.entries()) out.say(INDENT + (n === 0 ? mark : ' '.repeat(mark.length + 1)) + line);
  }

  return {
    scene(title) {
      scenes += 1;
      out.say();
      out.say(`${scenes}. ${title}`);
    },
    tell: (line) => out.say(INDENT + line),
    speak: (who, words) => out.say(`${INDENT}${who}:“${words}”`),

    async ask({ as, expect, show, ...sent }) {
      request(sent);
      const answer = await caller.send(as, sent);
      if (sent.answerLost) {
        out.say(`${INDENT}← (the line drops: no answer)`);
        return answer;
      }
      assert.equal(answer.status, expect, `${sent.method} ${sent.path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      answered(answer, show);
      return answer;
    },

    async entry(id) {
      const answer = await caller.send(ledgerReader, { method: 'GET', path: `/v1/entries/${id}` });
      out.say(`${INDENT}entry: ${textIn(answer, 'kind')}`);
      for (const line of journal(valueAt(answer.body, 'postings') as WirePosting[])) out.say(`${INDENT}  ${shortened(line)}`);
    },

    async token(credential) {
      out.say(`${INDENT}→ POST /oauth/token`);
      say('  ', JSON.stringify({ grant_type: 'client_credentials', client_id: credential.client_id, client_secret: '…' }));
      const answer = await caller.token(credential);
      answered({ ...answer, body: { ...answer.body, access_token: '…' } }, ['access_token', 'token_type', 'expires_in']);
    },
  };
}

/** One line for each unit in each community's book: each of them sums to zero. */
function journal(postings: readonly WirePosting[]): string[] {
  const books = Map.groupBy(postings, ({ account }) => `${accountFacts(account).community} ${accountFacts(account).unit}`);
  return [...books.values()].map((legs) => {
    const debits = legs.filter(({ side }) => side === 'debit').map(({ account, amount }) => `dr ${account} ${amount}`);
    const credits = legs.filter(({ side }) => side === 'credit').map(({ account, amount }) => `cr ${account} ${amount}`);
    return `${[...debits, ...credits].join('   ')}   ${accountFacts(legs[0]!.account).unit}`;
  });
}

/** Some members of an answer as JSON, those of every item of a list; an ellipsis stands for the others. */
function excerpt(body: unknown, show: readonly string[]): string {
  if (show.length === 0 || typeof body !== 'object' || body === null) return JSON.stringify(body);
  if (Array.isArray(body)) return `[${body.map((item) => excerpt(item, show)).join(',')}]`;
  const members = new Map<string, string>();
  for (const [name, paths] of Map.groupBy(show, (path) => path.split('.', 1)[0]!)) {
    const inner = paths.filter((path) => path !== name).map((path) => path.slice(name.length + 1));
    members.set(name, excerpt(valueAt(body, name), inner));
  }
  const shown = [...members].map(([name, json]) => `"${name}":${json}`).join(',');
  return `{${shown}${members.size < Object.keys(body).length ? ',…' : ''}}`;
}

/** Ids are long and begin alike: the end that is shown is enough to distinguish them. */
function shortened(text: string): string {
  return text.replaceAll(/\b([a-z]{3})_[0-9a-f]{28}([0-9a-f]{4})\b/g, '$1_…$2');
}

/** Breaks long JSON between its members. */
function wrapped(json: string): string[] {
  const lines = [''];
  for (const part of json.split(/(?<=,)(?=["…])/)) {
    if (lines.at(-1)!.length + part.length > WRAP_AT) lines.push('');
    lines[lines.length - 1] += part;
  }
  return lines;
}
