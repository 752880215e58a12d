import { SYSTEM_CLIENT } from '../ledger/index.ts';

/** An officer who acts: of one community, or of the street office (`communityId` null). */
export type Acting = { readonly id: string; readonly communityId: string | null };

/** Whether the officer may decide for this community. */
export function actsFor(by: Acting, communityId: string): boolean {
  return by.communityId === communityId;
}

/** The system's own hand: what sets a scheme up before there are two officers to decide, and what jobs do. */
export const system: Acting = { id: SYSTEM_CLIENT, communityId: null };

export function isSystem(by: Acting): boolean {
  return by.id === system.id;
}

/** Whether the officer may look after this community's register: its own officers and the street's may. */
export function keepsRegisterOf(by: Acting, communityId: string | null): boolean {
  return by.communityId === null || by.communityId === communityId;
}
