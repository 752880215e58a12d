/** A list of people as it is sent: the bytes of the file, first to be tried, then with their checksum to be registered. */
import { answer, api, type Schemas } from '../../../api/client.ts';

export type ResidentList = Schemas['ResidentList'];
export type Line = Schemas['ResidentListLine'];

export type How = 'paper' | 'counter';

/** A file as it was chosen. The same bytes are tried and registered, whatever becomes of the file meanwhile. */
export type Chosen = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly how: How };

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The properties of a request that carries a file. */
function carrying(bytes: Chosen['bytes']) {
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return {
    headers: { 'content-type': zipped ? XLSX : 'text/csv' },
    // The contract knows of texts alone.
    body: bytes as unknown as string,
    bodySerializer: (body: string) => body,
  };
}

export function tryList({ bytes, how }: Chosen): Promise<ResidentList> {
  return answer(api.POST('/v1/resident-lists/trial', { params: { query: { consent_how: how } }, ...carrying(bytes) }));
}

/** Registers the people of a list that was tried: `sha256` is that of the trial. */
export function registerList({ bytes, how }: Chosen, sha256: string, key: string): Promise<ResidentList> {
  const header = { 'Idempotency-Key': key, 'x-content-sha256': sha256 };
  return answer(api.POST('/v1/resident-lists', { params: { query: { consent_how: how }, header }, ...carrying(bytes) }));
}
