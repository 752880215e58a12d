/** Unpacks the parts of a workbook on the service: bounded, whatever the file says of itself, and beside the other requests. */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { TooLarge } from '../../workbook/index.ts';

const inflate = promisify(inflateRaw);

const END = 0x06054b50;
const END_BYTES = 22;
const COMMENT_MAX = 0xffff;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
/** Far more parts than a workbook has. */
const PARTS_MAX = 1_000;

/** A file in the archive, as the directory at its end names it. */
type Entry = { readonly name: string; readonly method: number; readonly packed: number; readonly at: number };

/**
 * The files of an archive whose names are wanted. Throws `TooLarge` if there are more than a thousand, and as soon as more than `bytesMax` would be unpacked, and another error if the
 * bytes are no such archive, or one that is protected.
 */
export async function unzipped(
  archive: Buffer,
  { wanted, bytesMax }: { readonly wanted: (name: string) => boolean; readonly bytesMax: number },
): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  let left = bytesMax;
  const entries = entriesOf(archive).filter(({ name }) => wanted(name));
  if (entries.length > PARTS_MAX) throw new TooLarge();
  for (const entry of entries) {
    const content = await contentOf(archive, entry, left);
    left -= content.length;
    files[entry.name] = content;
  }
  return files;
}

function entriesOf(archive: Buffer): Entry[] {
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let n = 0; n < count; n++) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error('the directory of the archive is broken');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [number, number, number];
    if ((archive.readUInt16LE(at + 8) & 1) === 1) throw new Error('the archive is protected');
    entries.push({
      name: archive.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      at: archive.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

/** The place of the last record, after which there is only a comment. */
function endOf(archive: Buffer): number {
  for (let at = archive.length - END_BYTES; at >= Math.max(0, archive.length - END_BYTES - COMMENT_MAX); at--) {
    if (archive.readUInt32LE(at) === END) return at;
  }
  throw new Error('there is no archive');
}

async function contentOf(archive: Buffer, { method, packed, at }: Entry, bytesMax: number): Promise<Uint8Array> {
  if (archive.readUInt32LE(at) !== LOCAL) throw new Error('the archive is broken');
  const from = at + LOCAL_BYTES + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const content = archive.subarray(from, from + packed);
  if (method === STORED && content.length <= bytesMax) return content;
  if (method === STORED || bytesMax < 1) throw new TooLarge();
  if (method !== DEFLATED) throw new Error('the archive is packed in a way that no workbook is');
  try {
    return await inflate(content, { maxOutputLength: bytesMax });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? new TooLarge() : error;
  }
}
