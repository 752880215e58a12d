import { CheckCircleFilled, ExclamationCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import { Mark } from '../console/mark.tsx';

const shown = {
  good: { tone: 'good', sign: <CheckCircleFilled /> },
  bad: { tone: 'bad', sign: <ExclamationCircleFilled /> },
  warning: { tone: 'warn', sign: <ExclamationCircleFilled /> },
  none: { tone: 'plain', sign: <MinusCircleOutlined /> },
} as const;

/** Good or not, by colour, sign and word. */
export function Light({ is, children }: { readonly is: keyof typeof shown; readonly children: string }) {
  return (
    <Mark tone={shown[is].tone}>
      {shown[is].sign} {children}
    </Mark>
  );
}
