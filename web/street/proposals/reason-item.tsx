import { Form, Input } from 'antd';
import { useConsole } from '../../console/words.ts';

/** Why: of whatever takes two officers. */
export function ReasonItem() {
  const words = useConsole();
  return (
    <Form.Item name="reason" label={words.reason} extra={words.reasonHint} rules={[{ required: true, whitespace: true, max: 200 }]}>
      <Input.TextArea rows={2} maxLength={200} />
    </Form.Item>
  );
}
