/** The preview of a grant, which the form, the button and the card beside it read alike. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '../../api/client.ts';
import { deedOf, type Entered, isCommendation, type Rule } from './entered.ts';

export type GrantPreview = Schemas['GrantPreview'];

/** The body to be previewed; undefined while something is missing. */
export function previewBody(entered: Entered, rule: Rule | undefined) {
  const deed = deedOf(entered, rule);
  if (!deed || !isCommendation(rule)) return deed;
  // A field that was never touched holds nothing at all.
  return entered.points ? { ...deed, points: entered.points } : undefined;
}

type Body = NonNullable<ReturnType<typeof previewBody>>;

/** The query of a preview. */
export function previewOf(body: Body | undefined) {
  return {
    queryKey: ['preview', body],
    queryFn: (): Promise<GrantPreview> => answer(api.POST('/v1/grants/preview', { body: body! })),
    staleTime: 0,
  };
}

/** The preview of what stands in the form, asked again with every change; meanwhile the one before stays. */
export function usePreview(body: Body | undefined) {
  return useQuery({ ...previewOf(body), enabled: body !== undefined, placeholderData: keepPreviousData });
}

/** Whether it goes to a second officer: points at discretion, or more than one officer grants alone. */
export function takesTwo(rule: Rule | undefined, found: GrantPreview | undefined): boolean {
  return isCommendation(rule) || found?.second_officer === true;
}
