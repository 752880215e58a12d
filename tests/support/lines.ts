import { Writable } from 'node:stream';

/** Hands on each line that a logger writes. */
export function linesInto(take: (line: string) => void): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      take(chunk.toString('utf8'));
      done();
    },
  });
}
