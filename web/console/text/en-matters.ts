import type { matters as zh } from './zh-matters.ts';

export const matters: typeof zh = {
  grant: {
    called: 'Grant',
    times: (n) => `quantity ${n}`,
    points: (n) => `${n} points`,
  },
  clawback: {
    called: 'Claw-back',
    takesBack: (who, n) => `Takes ${n} points back from ${who}`,
  },
  erasure: {
    called: 'Erase a resident',
    leaves: (who: string) => `${who} leaves: erased after seven days`,
  },
  policy: {
    called: 'Policy',
    title: (name, meaning) => `${name}: ${meaning}`,
    now: 'Now',
    next: 'New',
  },
  officer: {
    called: 'New officer',
    title: (name, office) => `New officer: ${name} (${office})`,
    officer: 'Officer',
    office: 'Office',
    street: 'Street office',
    person: 'As a resident',
    none: 'No resident',
    unstated: 'Not stated',
  },
  officer_person: {
    called: 'An officer as a resident',
    officer: 'Officer',
    person: 'As a resident',
    none: 'No resident',
  },
  credential: {
    called: 'Officer’s credential',
    officer: 'Officer',
    name: 'Credential',
    scopes: 'Scopes',
    allScopes: 'All scopes of this kind of client',
  },
  login: {
    called: 'Officer’s login',
    officer: 'Officer',
    name: 'Login name',
  },
  successor: {
    called: 'Succession',
    title: (old, next) => `${next} succeeds ${old}`,
    succeeded: 'Succeeded community',
    successor: 'Successor',
    fromDay: 'Effective from',
  },
  adjustment: {
    called: 'Adjustment of a settled entry',
    wrong: 'Wrong entry',
    right: 'Should be',
    nothing: 'Nothing',
    payTo: (merchant) => `Paid to merchant ${merchant}`,
    borneBy: 'Borne by',
  },
};
