import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { Boundary } from '../shared/boundary.tsx';
import { useConsole } from './words.ts';

/** Keeps a console from going white: a page that cannot be drawn says what to do. */
export function Unbroken({ place, children }: { readonly place?: string; readonly children: ReactNode }) {
  return (
    <Boundary place={place} failed={() => <Broken />}>
      {children}
    </Boundary>
  );
}

function Broken() {
  const words = useConsole().broken;
  const again = (
    <Button size="small" onClick={() => location.reload()}>
      {words.reload}
    </Button>
  );
  return <Alert role="alert" type="error" showIcon title={words.title} description={words.hint} action={again} />;
}
