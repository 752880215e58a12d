/** For a program that needs TypeScript's compiler API, which version 7 does not have: to be imported before it. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (name, context, next) =>
    next(name === 'typescript' && context.parentURL?.includes('/@hey-api/') ? 'typescript6' : name, context),
});
