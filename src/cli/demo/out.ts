/** The demo's output. */
export type Out = {
  say(line?: string): void;
  /** A line that the next one replaces; not printed if the output is not a terminal. */
  live(line: string): void;
};

const CLEAR_LINE = '\r\u001B[K';

export function outTo(stream: NodeJS.WriteStream): Out {
  stream.on('error', (error) => {
    // The reader may close the pipe early; the scheme is made all the same.
    if (!('code' in error && error.code === 'EPIPE')) throw error;
  });
  return {
    say: (line = '') => stream.write(`${stream.isTTY ? CLEAR_LINE : ''}${line}\n`),
    live(line) {
      if (stream.isTTY) stream.write(CLEAR_LINE + line.slice(0, stream.columns - 1));
    },
  };
}

const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]/g;

/** The number of terminal columns of a text: a Chinese character takes two. */
function widthOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
