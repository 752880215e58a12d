import { InputNumber, type InputNumberProps } from 'antd';
import { visible } from '../../src/text/index.ts';

/** antd's field for a number, which reads the digits of a Chinese input method as well. */
export function NumberInput(props: InputNumberProps<number>) {
  return <InputNumber<number> parser={plain} {...props} />;
}

/** antd calls it a number, and takes the text of one, which it checks itself. */
function plain(typed: string | undefined): number {
  return visible(typed ?? '').replaceAll(/[^\w.-]+/g, '') as unknown as number;
}
