/** A number of things that wait, beside where they are done; nothing where none do. */
export function Waits({ many, said }: { readonly many: string | undefined; readonly said: (many: string) => string }) {
  if (many === undefined || many === '0') return null;
  return (
    <span className="waits" role="img" aria-label={said(many)}>
      {many}
    </span>
  );
}
