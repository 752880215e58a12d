import { setImmediate as turn } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { sentLines } from '../../src/api/routes/line-bodies.ts';
import type { Problem } from '../../src/api/http/problem.ts';
import { bookFenOf } from '../../src/text/index.ts';

const columns = { no: { required: true }, fen: { required: true, read: bookFenOf }, note: {} } as const;

type Body = string | Uint8Array | Readable;

/** What reading a body gives: its lines, or, at the end, the problem. */
async function read(mediaType: string, body: Body, pieceBytes = 1): Promise<unknown[]> {
  const lines: unknown[] = [];
  try {
    for await (const { pointer, value } of open(mediaType, body, pieceBytes)) lines.push([pointer, value]);
  } catch (error) {
    const { code, details, errors } = error as Problem;
    lines.push({ code, details, errors });
  }
  return lines;
}

function open(contentType: string, body: Body, pieceBytes: number, headers: object = {}) {
  const stream = body instanceof Readable ? body : Readable.from(piecesOf(Buffer.from(body), pieceBytes));
  const request = { mediaType: contentType.split(';')[0], headers: { 'content-type': contentType, ...headers }, body: stream };
  return sentLines(request as never, columns);
}

async function refusal(headers: object) {
  const lines = open('text/csv', 'no,fen\n', 1, headers);
  return lines.next().catch(({ code, details }: Problem) => ({ code, details }));
}

function* piecesOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

describe('lines of CSV', () => {
  it('are read byte by byte: with a byte order mark, quotes, empty lines, blanks and further columns', async () => {
    const text = '\uFEFF"fen", shop ,no,note\r\n1000,"万和,一店",R-1,\r\n\r\n , ,,\r\n-7 ,x, R-2 ,"\'=a ""b"""\r\n';
    expect(await read('text/csv', text)).toEqual([
      ['line/2', { fen: 1_000, no: 'R-1' }],
      ['line/5', { fen: -7, no: 'R-2', note: '=a "b"' }],
    ]);
  });

  it('are read in the charset that is named', async () => {
    const gbk = Buffer.concat([Buffer.from('no,fen,note\n1,2,'), Buffer.from([0xcd, 0xf2, 0xba, 0xcd])]);
    expect(await read('text/csv; charset=GBK', gbk)).toEqual([['line/2', { no: '1', fen: 2, note: '万和' }]]);
    expect(await read('text/csv', gbk)).toContainEqual(
      expect.objectContaining({ code: 'malformed_csv', details: { reason: 'it is not UTF-8' } }),
    );
    expect(await read('text/csv; charset=klingon', gbk)).toMatchObject([{ code: 'unsupported_media_type' }]);
  });

  it.each([
    ['nothing', '', 'validation_failed', ['line/1/no', 'line/1/fen']],
    ['no header', '1,2\n', 'validation_failed', ['line/1/no', 'line/1/fen']],
    ['a column that is missing', '\nno,note\n', 'validation_failed', ['line/2/fen']],
    ['a column that stands there twice', 'no,fen,fen\n', 'validation_failed', ['line/1/fen']],
  ])('name the columns: %s', async (_what, text, code, pointers) => {
    const [problem] = (await read('text/csv', text)) as [{ code: string; errors: { pointer: string }[] }];
    expect([problem.code, problem.errors.map(({ pointer }) => pointer)]).toEqual([code, pointers]);
  });

  it.each([
    ['a line that is too short', 'no,fen\n1,2\n3\n', 'malformed_csv'],
    ['a quote that is not closed', 'no,fen\n1,"2\n', 'malformed_csv'],
    ['a line without an end', `no,fen\n1,${'2'.repeat(70_000)}`, 'payload_too_large'],
    ['a character that is cut off', Buffer.from('no,fen,note\n1,2,万').subarray(0, -1), 'malformed_csv'],
  ])('are refused as they come: %s', async (_what, body, code) => {
    expect((await read('text/csv', body, 1_000)).at(-1)).toMatchObject({ code });
  });

  it('may have quotes inside a value, as in a formula of a spreadsheet', async () => {
    expect(await read('text/csv', 'no,fen\n="1",2"3\n')).toEqual([['line/2', { no: '="1"', fen: '2"3' }]]);
  });
});

describe('lines of JSON', () => {
  it('are read byte by byte, whatever they are', async () => {
    expect(await read('application/json', ' {"lines" : [{"no":"万"}, 7,[1],"]}"]}\n')).toEqual([
      ['/lines/0', { no: '万' }],
      ['/lines/1', 7],
      ['/lines/2', [1]],
      ['/lines/3', ']}'],
    ]);
    expect(await read('application/json', '{"lines":[]}')).toEqual([]);
  });

  it('may have a field with the name of a prototype, which is a field and no more', async () => {
    const [[, value]] = (await read('application/json', '{"lines":[{"__proto__":{"no":"1"}}]}')) as [[string, object]];
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect((value as { no?: string }).no).toBeUndefined();
  });

  it.each([
    ['another root', '[]', ''],
    ['a list as the root', '[{"no":1}]', ''],
    ['a number', '7', ''],
    ['null', 'null', ''],
    ['no lines', '{}', '/lines'],
    ['lines that are none', '{"lines":{"0":1}}', '/lines'],
    ['lines twice', '{"lines":[1],"lines":[2]}', '/lines'],
    ['another field before', '{"a/b":1,"lines":[1]}', '/a~1b'],
    ['another field after', '{"lines":[1],"x":{"y":[2]}}', '/x'],
  ])('stand under `lines` and nothing else: %s', async (_what, text, pointer) => {
    for (const size of [1, 1_000]) {
      expect((await read('application/json', text, size)).at(-1)).toMatchObject({ code: 'validation_failed', errors: [{ pointer }] });
    }
  });

  it.each([
    ['nothing', '', 'malformed_json', 'it is empty'],
    ['a comma too many', '{"lines":[{"no":1},]}', 'malformed_json', 'it breaks after /lines/0'],
    ['an end in the middle', '{"lines":[{"no":1},{"no":', 'malformed_json', 'it breaks after /lines/0'],
    ['more after the end', '{"lines":[]}{', 'malformed_json', undefined],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff]), 'malformed_json', 'it is not UTF-8'],
  ])('are refused where they break: %s', async (_what, body, code, reason) => {
    expect((await read('application/json', body)).at(-1)).toMatchObject({ code, details: reason === undefined ? {} : { reason } });
  });

  it.each([
    ['text', `{"lines":["${'x'.repeat(200_000)}"]}`],
    ['nesting', '['.repeat(200_000)],
    ['blanks', `{"lines":[${' '.repeat(200_000)}]}`],
  ])('hold no more than a line at a time: endless %s', async (_what, text) => {
    expect(await read('application/json', text, 4_096)).toMatchObject([
      { code: 'payload_too_large', details: { limit_line_bytes: 65_536 } },
    ]);
  });
});

describe('lines of NDJSON', () => {
  it('are read byte by byte, without the empty ones', async () => {
    expect(await read('application/x-ndjson', '{"no":"万"}\r\n\n7')).toEqual([
      ['line/1', { no: '万' }],
      ['line/3', 7],
    ]);
  });

  it('are refused where they break', async () => {
    expect((await read('application/x-ndjson', '1\n{"a"\n')).at(-1)).toMatchObject({
      code: 'malformed_json',
      details: { reason: 'line 2 is not JSON' },
    });
    expect(await read('application/x-ndjson', 'x'.repeat(200_000), 4_096)).toMatchObject([{ code: 'payload_too_large' }]);
  });
});

describe('lines of any format', () => {
  const first = { 'text/csv': 'no,fen\n', 'application/json': '{"lines":[7', 'application/x-ndjson': '' };
  const next = { 'text/csv': 'R,1\n', 'application/json': ',7', 'application/x-ndjson': '7\n' };
  const types = Object.keys(first) as (keyof typeof first)[];

  /** A body without an end, of pieces of so many lines, which counts those that were asked for. */
  function endless(type: keyof typeof first, linesAPiece: number) {
    const asked = { pieces: 0 };
    const stream = new Readable({
      highWaterMark: 1,
      read() {
        asked.pieces++;
        const piece = asked.pieces === 1 && first[type] ? first[type] : next[type].repeat(linesAPiece);
        setImmediate(() => this.push(piece));
      },
    });
    return { asked, stream };
  }

  it.each(types)('are asked for only as fast as they are used: %s', async (type) => {
    const { asked, stream } = endless(type, 1_000);
    const lines = open(type, stream, 0);
    for (let n = 0; n < 5; n++) await lines.next();
    // Each piece that is asked for comes a turn later.
    for (let n = 0; n < 200; n++) await turn();
    expect(asked.pieces).toBeLessThan(40);
    await lines.return(undefined);
    stream.destroy();
  });

  it.each(types)('are at most 100,000, and what comes after is not kept: %s', async (type) => {
    const { asked, stream } = endless(type, 1_000);
    const told = await read(type, stream);
    expect(told).toHaveLength(100_001);
    expect(told.at(-1)).toMatchObject({ code: 'payload_too_large', details: { limit_lines: 100_000 } });
    expect(asked.pieces).toBeLessThan(150);
    stream.destroy();
  });

  it.each(types)('are at most 32 MiB, also if nobody said so before: %s', async (type) => {
    const piece = { 'text/csv': '\n', 'application/json': `{"lines":["${'x'.repeat(60_000)}","`, 'application/x-ndjson': '\n' }[type];
    const later = type === 'application/json' ? `${'x'.repeat(60_000)}","` : '\n'.repeat(60_000);
    let sent = 0;
    const pieces = function* () {
      yield Buffer.from(piece);
      while (sent++ < 1_000) yield Buffer.from(later);
    };
    const told = await read(type, Readable.from(pieces()));
    expect(told.at(-1)).toMatchObject({ code: 'payload_too_large', details: { limit_bytes: 33_554_432 } });
  });

  it('are refused at once if they are announced to be too many bytes', async () => {
    expect(await refusal({ 'content-length': '33554433' })).toMatchObject({ code: 'payload_too_large' });
  });

  it('end with a problem of the caller when the caller breaks off', async () => {
    const body = new Readable({ read: () => {} });
    body.push('no,fen\n1,2\n3,4');
    const lines = open('text/csv', body, 0);
    expect(await lines.next()).toMatchObject({ value: { value: { no: '1' } } });
    body.destroy(new Error('aborted'));
    await expect(lines.next()).rejects.toMatchObject({ code: 'malformed_request' });
  });
});
