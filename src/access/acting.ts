import { SYSTEM_CLIENT } from '../ledger/index.ts';

/** An officer who acts: of one community, or of the street office (`communityId` null). */
export type Acting = { readonly id: string; readonly communityId: string | null };

/** Whether the officer may decide for this community. */
export function actsFor(by: Acting, communityId: string): boolean {
  return by.communityId === communityId;
}

/** The system itself as an officer: it sets up a scheme before there are two officers to decide, and runs the jobs. */
export const system: Acting = { id: SYSTEM_CLIENT, communityId: null };

export function isSystem(by: Acting): boolean {
  return by.id === system.id;
}

/** Whether the officer may keep this community's register: its own officers and the street office's may. */
export function keepsRegisterOf(by: Acting, communityId: string | null): boolean {
  return by.communityId === null || by.communityId === communityId;
}
