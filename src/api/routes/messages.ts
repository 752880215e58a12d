import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { accessMessages, type MessageSpan } from '../../access/index.ts';
import { communityMessages } from '../../communities/index.ts';
import { voucherMessages } from '../../redeem/index.ts';
import type { View } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires, residentOf } from '../http/principal.ts';
import { instant } from '../http/wire.ts';
import { type AnyMessage, keyOfMessage, message, type MessageKey, messageKey, newestFirst, presentMessage } from './message-wire.ts';

const listing = {
  tags: ['me'],
  operationId: 'listMyMessages',
  summary: 'My messages',
  description:
    'For a page that tells a resident what happened to points, vouchers, the number, the home, the household and the credentials, and what will run out, newest first. It is read from what is booked: nothing is written by reading it, and the page remembers what was seen. With `after`, only what is newer than that instant: as many items as there are new ones, up to `limit`.',
  querystring: pageQuery(messageKey).extend({
    after: instant.optional().meta({ description: 'Only messages that are newer than this time.', examples: ['2026-11-23T02:00:00.000Z'] }),
  }),
  response: { 200: pageOf(message) },
};

/** The messages to a resident. */
export const messages =
  ({ store, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/me/messages', { schema: listing, config: requires('me:read') }, async (request) => {
      const { limit, cursor, after = -1 } = request.query;
      const now = clock();
      const span = { now, until: Math.min(now, cursor?.[0] ?? now) };
      const told = (await allOf(store, residentOf(request), span)).filter(({ at }) => at > after && at <= span.until);
      return page(following(told, cursor).slice(0, limit + 1), limit, keyOfMessage, presentMessage);
    });
  };

async function allOf(view: View, residentId: string, span: MessageSpan): Promise<AnyMessage[]> {
  const sources = [accessMessages, communityMessages, voucherMessages];
  return (await Promise.all(sources.map(async (source): Promise<AnyMessage[]> => source(view, residentId, span)))).flat();
}

/** Those after the message with which the page before ended, newest first. */
function following(told: readonly AnyMessage[], last: MessageKey | undefined): AnyMessage[] {
  const rest = last === undefined ? told : told.filter((each) => newestFirst(last, keyOfMessage(each)) < 0);
  return rest.toSorted((a, b) => newestFirst(keyOfMessage(a), keyOfMessage(b)));
}
