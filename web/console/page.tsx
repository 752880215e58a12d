import { Space } from 'antd';
import { type ReactNode, useEffect } from 'react';

type PageProps = {
  readonly title: string;
  /** Buttons beside the title; they are not printed. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** A page of a console: its one heading, which also names the window, and what is below it. */
export function Page({ title, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · CALL Me(米)`;
  }, [title]);
  return (
    <>
      <div className="page-head">
        <h1>{title}</h1>
        {actions !== undefined && (
          <Space wrap className="no-print">
            {actions}
          </Space>
        )}
      </div>
      {children}
    </>
  );
}
