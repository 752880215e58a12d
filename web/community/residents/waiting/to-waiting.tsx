import { Alert } from 'antd';
import { Link } from 'wouter';
import { useWords } from '../../words.ts';
import { useWaiting } from './use-waiting.ts';

/** Tells how many registrations and questions wait, and leads there; nothing where none do. */
export function ToWaiting() {
  const words = useWords().people.waiting;
  const waiting = useWaiting();
  if (!waiting) return null;
  return (
    <Alert
      type="info"
      showIcon
      className="gap"
      title={words.some(waiting.registrations, waiting.questions)}
      action={<Link href="/residents/waiting">{words.go}</Link>}
    />
  );
}
