/** The text of a file: in UTF-8, or in GBK, which banks and spreadsheets also write. */
export async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  const utf8 = new TextDecoder().decode(bytes);
  return utf8.includes('\uFFFD') ? new TextDecoder('gb18030').decode(bytes) : utf8;
}
