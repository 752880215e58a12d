import { type Row, rowByKey, type View } from '../store/index.ts';

/** What a client's request with this number became. Undefined while it has not arrived. */
export function requestByNumber(view: View, client: string, requestNo: string): Promise<Row<'request'> | undefined> {
  return rowByKey(view, 'request', requestNo, client);
}
