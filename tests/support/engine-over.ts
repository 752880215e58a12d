import { Engine } from '../../src/ledger/index.ts';

/** An engine whose commands go through `submit`, those of the system too. */
export function engineOver(submit: Engine['submit']): Engine {
  return Object.assign(Object.create(Engine.prototype) as Engine, { submit });
}
