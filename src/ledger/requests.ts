import { type Row, rowByKey, type View } from '../store/index.ts';

/** A client's request with this number, with its outcome. Undefined while it has not arrived. */
export function requestByNumber(view: View, client: string, requestNo: string): Promise<Row<'request'> | undefined> {
  return rowByKey(view, 'request', requestNo, client);
}
