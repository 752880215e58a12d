/** From reports of vitest: which tests failed and why, then a last line `N passed, N failed`. */
import { readFileSync } from 'node:fs';

type Report = {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    /** Set if the file itself could not be run. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Report);

const failures = reports.flatMap(({ testResults }) =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length > 0)
      return failed.map(({ fullName, failureMessages }) => `${name}: ${fullName}\n${ours(failureMessages.join('\n'))}`);
    return status === 'failed' ? [`${name}\n${ours(message)}`] : [];
  }),
);

/** A message and its stack, without the places in other people's code. */
function ours(message: string): string {
  return message
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .join('\n');
}

for (const failure of failures) console.log(`FAILED ${failure}\n`);
console.log(`${reports.reduce((total, { numPassedTests }) => total + numPassedTests, 0)} passed, ${failures.length} failed`);
