import type { ReactNode } from 'react';
import { Boundary as Failing } from '../shared/boundary.tsx';
import { Failed } from './states.tsx';

/** A part of the page that fails, or cannot be loaded, says so; the rest of the page stays. */
export function Boundary({ children }: { readonly children: ReactNode }) {
  return <Failing failed={(error) => <Failed error={error} retry={() => location.reload()} />}>{children}</Failing>;
}
