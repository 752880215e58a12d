/** Made by `npm run generate:contract` from the API's own schemas: do not edit. */

/** post /oauth/token */
export const postOauthToken = {
  grant_type: { type: 'string', maxLength: 64, required: true },
  client_id: { type: 'string', maxLength: 64 },
  client_secret: { type: 'string', maxLength: 128 },
  scope: { type: 'string', maxLength: 2048 },
} as const;

/** post /v1/sign-in-codes */
export const postSignInCodes = { phone: { type: 'string', pattern: '^1[3-9]\\d{9}$', required: true } } as const;

/** post /v1/sessions */
export const postSessions = {
  phone: { type: 'string', pattern: '^1[3-9]\\d{9}$' },
  code: { type: 'string', maxLength: 6, pattern: '^\\d{6}$' },
  name: { type: 'string', minLength: 1, maxLength: 40 },
  login: { type: 'string', maxLength: 200 },
  password: { type: 'string', minLength: 1, maxLength: 128 },
  totp: { type: 'string', maxLength: 6, pattern: '^\\d{6}$' },
} as const;

/** get /v1/sessions */
export const getSessions = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** put /v1/session/password */
export const putSessionPassword = {
  current_password: { type: 'string', minLength: 1, maxLength: 128, required: true },
  password: { type: 'string', minLength: 10, maxLength: 128, required: true },
} as const;

/** put /v1/session/totp */
export const putSessionTotp = { code: { type: 'string', maxLength: 6, pattern: '^\\d{6}$', required: true } } as const;

/** post /v1/session/totp/removal */
export const postSessionTotpRemoval = { password: { type: 'string', minLength: 1, maxLength: 128, required: true } } as const;

/** post /v1/communities */
export const postCommunities = {
  id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$', required: true },
  name: { type: 'string', minLength: 1, maxLength: 40, required: true },
  code: { type: 'string', maxLength: 12, pattern: '^\\d{12}$' },
} as const;

/** get /v1/communities */
export const getCommunities = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** put /v1/communities/{id}/name */
export const putCommunitiesName = { name: { type: 'string', minLength: 1, maxLength: 40, required: true } } as const;

/** post /v1/residents */
export const postResidents = {
  name: { type: 'string', minLength: 1, maxLength: 40, required: true },
  phone: { type: 'string', pattern: '^1[3-9]\\d{9}$', required: true },
  community_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$' },
  consent: {
    paper_number: { type: 'string', minLength: 1, maxLength: 40 },
    under_14: { type: 'boolean' },
    guardian: { type: 'string', minLength: 1, maxLength: 40 },
  },
  different_person: { type: 'string', minLength: 1, maxLength: 200 },
} as const;

/** get /v1/residents */
export const getResidents = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** put /v1/residents/{id}/status */
export const putResidentsStatus = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** post /v1/me/erasures */
export const postMeErasures = { code: { type: 'string', maxLength: 6, pattern: '^\\d{6}$', required: true } } as const;

/** post /v1/residents/lookup */
export const postResidentsLookup = {
  limit: { type: 'integer', minimum: 1, maximum: 100 },
  phone: { type: 'string', pattern: '^1[3-9]\\d{9}$', required: true },
  name: { type: 'string', minLength: 1, maxLength: 40, required: true },
  community_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$' },
  phone_end: { type: 'string', maxLength: 4, pattern: '^\\d{4}$', required: true },
  household_id: { type: 'string', pattern: '^hou_[0-9a-f]{32}$', required: true },
  household_of: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
} as const;

/** put /v1/residents/{id}/name */
export const putResidentsName = {
  name: { type: 'string', minLength: 1, maxLength: 40, required: true },
  reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
} as const;

/** get /v1/residents/{id}/changes */
export const getResidentsChanges = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/phone-changes/lookup */
export const postPhoneChangesLookup = { phone: { type: 'string', pattern: '^1[3-9]\\d{9}$', required: true } } as const;

/** post /v1/phone-changes/{id}/stop */
export const postPhoneChangesStop = { code: { type: 'string', maxLength: 6, pattern: '^\\d{6}$', required: true } } as const;

/** post /v1/residents/{id}/moves */
export const postResidentsMoves = {
  code: { code: { type: 'string', maxLength: 6, pattern: '^\\d{6}$', required: true } },
  counter: { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } },
} as const;

/** get /v1/households */
export const getHouseholds = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/households */
export const postHouseholds = {
  resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
  reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
} as const;

/** post /v1/households/{id}/members */
export const postHouseholdsMembers = {
  resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
  reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
} as const;

/** post /v1/households/{id}/hand-over */
export const postHouseholdsHandOver = {
  resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
  reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
} as const;

/** post /v1/households/{id}/ending */
export const postHouseholdsEnding = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** post /v1/residents/{id}/household/leaving */
export const postResidentsHouseholdLeaving = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** post /v1/residents/{id}/consents */
export const postResidentsConsents = {
  paper_number: { type: 'string', minLength: 1, maxLength: 40 },
  under_14: { type: 'boolean' },
  guardian: { type: 'string', minLength: 1, maxLength: 40 },
} as const;

/** post /v1/registrations/codes */
export const postRegistrationsCodes = { phone: { type: 'string', pattern: '^1[3-9]\\d{9}$', required: true } } as const;

/** post /v1/registrations */
export const postRegistrations = {
  name: { type: 'string', minLength: 1, maxLength: 40, required: true },
  phone: { type: 'string', pattern: '^1[3-9]\\d{9}$', required: true },
  code: { type: 'string', maxLength: 6, pattern: '^\\d{6}$', required: true },
  community_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$', required: true },
  consent: {
    notice_version: { type: 'integer', minimum: 1, maximum: 9007199254740991, required: true },
    aged_14: { type: 'boolean', required: true },
  },
} as const;

/** get /v1/registrations */
export const getRegistrations = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/registrations/{resident_id}/confirmation */
export const postRegistrationsConfirmation = { different_person: { type: 'string', minLength: 1, maxLength: 200 } } as const;

/** post /v1/registrations/{resident_id}/decline */
export const postRegistrationsDecline = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** get /v1/same-person-questions */
export const getSamePersonQuestions = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** put /v1/same-person-questions/{resident_id}/{other_id} */
export const putSamePersonQuestions = {
  same: { type: 'boolean', required: true },
  answer: { type: 'string', minLength: 1, maxLength: 200, required: true },
} as const;

/** get /v1/residents/{id}/statement */
export const getResidentsStatement = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/merchants */
export const postMerchants = {
  name: { type: 'string', minLength: 1, maxLength: 60, required: true },
  community_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$' },
} as const;

/** get /v1/merchants */
export const getMerchants = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** put /v1/merchants/{id}/status */
export const putMerchantsStatus = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** post /v1/merchants/{id}/stores */
export const postMerchantsStores = {
  name: { type: 'string', minLength: 1, maxLength: 60, required: true },
  address: { type: 'string', minLength: 1, maxLength: 120 },
  latitude: { type: 'number', minimum: 3, maximum: 54 },
  longitude: { type: 'number', minimum: 73, maximum: 136 },
} as const;

/** get /v1/merchants/{id}/stores */
export const getMerchantsStores = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** get /v1/stores */
export const getStores = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** put /v1/stores/{id}/place */
export const putStoresPlace = {
  address: { type: 'string', minLength: 1, maxLength: 120, nullable: true, required: true },
  latitude: { type: 'number', minimum: 3, maximum: 54, nullable: true, required: true },
  longitude: { type: 'number', minimum: 73, maximum: 136, nullable: true, required: true },
} as const;

/** post /v1/stores/{id}/terminals */
export const postStoresTerminals = { name: { type: 'string', minLength: 1, maxLength: 60, required: true } } as const;

/** get /v1/stores/{id}/terminals */
export const getStoresTerminals = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** get /v1/officers */
export const getOfficers = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** put /v1/officers/me/person */
export const putOfficersMePerson = {
  resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', nullable: true, required: true },
} as const;

/** post /v1/clients */
export const postClients = {
  till: {
    name: { type: 'string', minLength: 1, maxLength: 60, required: true },
    scopes: { type: 'array', minItems: 1, items: { type: 'string' } },
    merchant_id: { type: 'string', pattern: '^mer_[0-9a-f]{32}$', required: true },
    store_id: { type: 'string', pattern: '^sto_[0-9a-f]{32}$' },
  },
  resident: {
    name: { type: 'string', minLength: 1, maxLength: 60, required: true },
    scopes: { type: 'array', minItems: 1, items: { type: 'string' } },
    resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
  },
  machine: {
    name: { type: 'string', minLength: 1, maxLength: 60, required: true },
    scopes: { type: 'array', minItems: 1, items: { type: 'string' } },
    community_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$' },
  },
} as const;

/** get /v1/clients */
export const getClients = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/clients/{id}/rotation */
export const postClientsRotation = { force: { type: 'boolean' } } as const;

/** post /v1/logins */
export const postLogins = {
  name: { type: 'string', pattern: '^[a-z][a-z0-9.-]{2,31}$', required: true },
  person_name: { type: 'string', minLength: 1, maxLength: 40, required: true },
  merchant_id: { type: 'string', pattern: '^mer_[0-9a-f]{32}$', required: true },
  store_id: { type: 'string', pattern: '^sto_[0-9a-f]{32}$' },
} as const;

/** get /v1/logins */
export const getLogins = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/action-rules */
export const postActionRules = {
  name: { type: 'string', minLength: 1, maxLength: 60, required: true },
  points: { type: 'integer', minimum: 1, maximum: 1000000, required: true },
  cap_day: { type: 'integer', minimum: 1, maximum: 1000000, nullable: true },
  cap_month: { type: 'integer', minimum: 1, maximum: 1000000, nullable: true },
  cap_year: { type: 'integer', minimum: 1, maximum: 1000000, nullable: true },
  valid_until: { type: 'string', nullable: true },
  community_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$' },
} as const;

/** get /v1/action-rules */
export const getActionRules = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/action-rules/{id}/versions */
export const postActionRulesVersions = {
  name: { type: 'string', minLength: 1, maxLength: 60, required: true },
  points: { type: 'integer', minimum: 1, maximum: 1000000, required: true },
  cap_day: { type: 'integer', minimum: 1, maximum: 1000000, nullable: true },
  cap_month: { type: 'integer', minimum: 1, maximum: 1000000, nullable: true },
  cap_year: { type: 'integer', minimum: 1, maximum: 1000000, nullable: true },
  valid_until: { type: 'string', nullable: true },
} as const;

/** post /v1/grants */
export const postGrants = {
  action_rule_id: { type: 'string', pattern: '^rul_[0-9a-f]{32}$', required: true },
  resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
  quantity: { type: 'integer', minimum: 1, maximum: 1000 },
  description: { type: 'string', minLength: 1, maxLength: 200, required: true },
  external_reference: { type: 'string', minLength: 1, maxLength: 64 },
} as const;

/** get /v1/grants */
export const getGrants = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/grants/{id}/reversals */
export const postGrantsReversals = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** post /v1/grants/preview */
export const postGrantsPreview = {
  action_rule_id: { type: 'string', pattern: '^rul_[0-9a-f]{32}$', required: true },
  resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
  quantity: { type: 'integer', minimum: 1, maximum: 1000 },
  description: { type: 'string', minLength: 1, maxLength: 200, required: true },
  external_reference: { type: 'string', minLength: 1, maxLength: 64 },
  points: { type: 'integer', minimum: 1, maximum: 1000000 },
} as const;

/** post /v1/grant-batches */
export const postGrantBatches = {
  items: {
    type: 'array',
    minItems: 1,
    maxItems: 1000,
    items: {
      action_rule_id: { type: 'string', pattern: '^rul_[0-9a-f]{32}$', required: true },
      resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
      quantity: { type: 'integer', minimum: 1, maximum: 1000 },
      description: { type: 'string', minLength: 1, maxLength: 200, required: true },
      external_reference: { type: 'string', minLength: 1, maxLength: 64, required: true },
    },
    required: true,
  },
} as const;

/** post /v1/grant-list-previews */
export const postGrantListPreviews = {
  rows: {
    type: 'array',
    minItems: 1,
    maxItems: 500,
    items: {
      action_rule_id: { type: 'string', pattern: '^rul_[0-9a-f]{32}$', required: true },
      resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
      quantity: { type: 'integer', minimum: 1, maximum: 1000 },
      description: { type: 'string', minLength: 1, maxLength: 200, required: true },
      external_reference: { type: 'string', minLength: 1, maxLength: 64, required: true },
      points: { type: 'integer', minimum: 1, maximum: 1000000 },
    },
    required: true,
  },
} as const;

/** post /v1/proposals */
export const postProposals = {
  grant: {
    input: {
      action_rule_id: { type: 'string', pattern: '^rul_[0-9a-f]{32}$', required: true },
      resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
      quantity: { type: 'integer', minimum: 1, maximum: 1000 },
      description: { type: 'string', minLength: 1, maxLength: 200, required: true },
      external_reference: { type: 'string', minLength: 1, maxLength: 64 },
      points: { type: 'integer', minimum: 1, maximum: 1000000 },
    },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  grant_list: {
    input: {
      rows: {
        type: 'array',
        minItems: 1,
        maxItems: 500,
        items: {
          action_rule_id: { type: 'string', pattern: '^rul_[0-9a-f]{32}$', required: true },
          resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
          quantity: { type: 'integer', minimum: 1, maximum: 1000 },
          description: { type: 'string', minLength: 1, maxLength: 200, required: true },
          external_reference: { type: 'string', minLength: 1, maxLength: 64, required: true },
          points: { type: 'integer', minimum: 1, maximum: 1000000 },
        },
        required: true,
      },
    },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  clawback: {
    input: { grant_id: { type: 'string', pattern: '^grt_[0-9a-f]{32}$', required: true } },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  phone: {
    input: {
      resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true },
      phone: { type: 'string', pattern: '^1[3-9]\\d{9}$', required: true },
    },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  erasure: {
    input: { resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true } },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  policy: {
    input: {
      rate: {
        value: {
          points: { type: 'integer', minimum: 1, maximum: 1000000, required: true },
          fen: { type: 'integer', minimum: 1, maximum: 1000000, required: true },
        },
      },
      voucher_validity: { value: { days: { type: 'integer', minimum: 1, maximum: 3650, required: true } } },
      lot_validity: { value: { years: { type: 'integer', minimum: 1, maximum: 10, required: true } } },
      reversal_window: { value: { hours: { type: 'integer', minimum: 1, maximum: 720, required: true } } },
      grant_backdating: { value: { days: { type: 'integer', minimum: 1, maximum: 365, required: true } } },
      exposure_limit: {
        value: {
          points: { type: 'integer', minimum: 1, maximum: 1000000000000, required: true },
          communities: {
            type: 'object',
            keys: { type: 'string', maxLength: 32 },
            values: { type: 'integer', minimum: 1, maximum: 1000000000000 },
          },
        },
      },
      proposal_validity: { value: { hours: { type: 'integer', minimum: 1, maximum: 8760, required: true } } },
      calendar: {
        value: {
          off: { type: 'array', maxItems: 400, items: { type: 'string' }, required: true },
          on: { type: 'array', maxItems: 400, items: { type: 'string' }, required: true },
        },
      },
      grant_alone: {
        value: {
          points: { type: 'integer', minimum: 1, maximum: 1000000000, required: true },
          points_day: { type: 'integer', minimum: 1, maximum: 1000000000, required: true },
          points_resident_month: { type: 'integer', minimum: 1, maximum: 1000000000, required: true },
        },
      },
      code_validity: { value: { seconds: { type: 'integer', minimum: 1, maximum: 3600, required: true } } },
      offline_window: { value: { hours: { type: 'integer', minimum: 1, maximum: 168, required: true } } },
      redemption_cycles: { value: { max: { type: 'integer', minimum: 1, maximum: 100, required: true } } },
      cut_off: { value: { hour: { type: 'integer', minimum: 1, maximum: 24, required: true } } },
      fund: {
        value: {
          required: { type: 'boolean', required: true },
          warn_percents: { type: 'array', minItems: 1, maxItems: 5, items: { type: 'integer', minimum: 1, maximum: 100 } },
        },
      },
      position_limit: {
        value: {
          fen: { type: 'integer', minimum: 1, maximum: 1000000000000, nullable: true, required: true },
          pairs: {
            type: 'object',
            keys: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}>[a-z][a-z0-9-]{1,31}$' },
            values: { type: 'integer', minimum: 1, maximum: 1000000000000 },
          },
        },
      },
      confirmation: { value: { days: { type: 'integer', minimum: 1, maximum: 365, required: true } } },
    },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  officer: {
    input: {
      name: { type: 'string', minLength: 1, maxLength: 40, required: true },
      community_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$', nullable: true, required: true },
      resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', nullable: true, required: true },
    },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  officer_person: {
    input: {
      officer_id: { type: 'string', pattern: '^off_[0-9a-f]{32}$', required: true },
      resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', nullable: true, required: true },
    },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  credential: {
    input: {
      officer_id: { type: 'string', pattern: '^off_[0-9a-f]{32}$', required: true },
      name: { type: 'string', minLength: 1, maxLength: 60, required: true },
      scopes: { type: 'array', minItems: 1, items: { type: 'string' } },
    },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  login: {
    input: {
      officer_id: { type: 'string', pattern: '^off_[0-9a-f]{32}$', required: true },
      name: { type: 'string', pattern: '^[a-z][a-z0-9.-]{2,31}$', required: true },
    },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  successor: {
    input: {
      community_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$', required: true },
      successor_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$', required: true },
    },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
  adjustment: {
    input: {
      entry_id: { type: 'string', pattern: '^ent_[0-9a-f]{32}$', required: true },
      right: {
        merchant_id: { type: 'string', pattern: '^mer_[0-9a-f]{32}$', required: true },
        shares: {
          type: 'array',
          minItems: 1,
          maxItems: 50,
          items: {
            community_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$', required: true },
            fen: { type: 'integer', minimum: 1, maximum: 100000000, required: true },
          },
          required: true,
        },
      },
    },
    reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
  },
} as const;

/** get /v1/proposals */
export const getProposals = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/proposals/{id}/approval */
export const postProposalsApproval = {
  reason: { type: 'string', minLength: 1, maxLength: 200 },
  acknowledged: {
    hash: { type: 'string', pattern: '^[0-9a-f]{64}$', required: true },
    points: { type: 'integer', minimum: 1, maximum: 9007199254740991, required: true },
  },
} as const;

/** post /v1/proposals/{id}/decline */
export const postProposalsDecline = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** get /v1/policies/{name} */
export const getPolicies = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** get /v1/limits */
export const getLimits = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/funds/{community_id}/contributions */
export const postFundsContributions = {
  fen: { type: 'integer', minimum: 1, maximum: 100000000, required: true },
  bank_reference: { type: 'string', minLength: 1, maxLength: 64, required: true },
} as const;

/** get /v1/funds/{community_id}/movements */
export const getFundsMovements = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/till/rotation */
export const postTillRotation = {
  client_secret: { type: 'string', minLength: 1, maxLength: 128, required: true },
  force: { type: 'boolean' },
} as const;

/** post /v1/vouchers/inspect */
export const postVouchersInspect = {
  code: { type: 'string', pattern: '^77\\d{16}$', required: true },
  terminal_id: { type: 'string', pattern: '^ter_[0-9a-f]{32}$' },
} as const;

/** post /v1/redemptions */
export const postRedemptions = {
  code: { type: 'string', pattern: '^77\\d{16}$', required: true },
  pin: { type: 'string', maxLength: 6, pattern: '^\\d{6}$' },
  store_id: { type: 'string', pattern: '^sto_[0-9a-f]{32}$' },
  terminal_id: { type: 'string', pattern: '^ter_[0-9a-f]{32}$' },
  order_no: { type: 'string', minLength: 1, maxLength: 64, required: true },
  order_amount_fen: { type: 'integer', minimum: 1, maximum: 100000000 },
} as const;

/** get /v1/redemptions */
export const getRedemptions = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/redemptions/{id}/reversals */
export const postRedemptionsReversals = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** post /v1/redemption-voids */
export const postRedemptionVoids = {
  request_no: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$', required: true },
  reason: { type: 'string', minLength: 1, maxLength: 200, required: true },
} as const;

/** post /v1/redemption-batches */
export const postRedemptionBatches = {
  items: {
    type: 'array',
    minItems: 1,
    maxItems: 200,
    items: {
      code: { type: 'string', pattern: '^77\\d{16}$', required: true },
      pin: { type: 'string', maxLength: 6, pattern: '^\\d{6}$' },
      store_id: { type: 'string', pattern: '^sto_[0-9a-f]{32}$' },
      terminal_id: { type: 'string', pattern: '^ter_[0-9a-f]{32}$' },
      order_no: { type: 'string', minLength: 1, maxLength: 64, required: true },
      order_amount_fen: { type: 'integer', minimum: 1, maximum: 100000000 },
      request_no: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$', required: true },
    },
    required: true,
  },
} as const;

/** post /v1/reconciliations/{date}/diff */
export const postReconciliationsDiff = {
  lines: {
    type: 'array',
    items: {
      request_no: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$', required: true },
      fen: { type: 'integer', minimum: -100000000, maximum: 100000000, required: true },
      order_no: { type: 'string', minLength: 1, maxLength: 64 },
      redemption_id: { type: 'string', pattern: '^red_[0-9a-f]{32}$' },
      store_id: { type: 'string', pattern: '^sto_[0-9a-f]{32}$' },
    },
    required: true,
  },
} as const;

/** get /v1/positions/redemptions */
export const getPositionsRedemptions = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** get /v1/positions/redemptions/{id}/grants */
export const getPositionsRedemptionsGrants = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** get /v1/settlement-runs */
export const getSettlementRuns = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** get /v1/settlement-runs/{id}/payouts */
export const getSettlementRunsPayouts = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/settlement-runs/{id}/payouts/{payout_id}/carry */
export const postSettlementRunsPayoutsCarry = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** post /v1/settlement-runs/{id}/positions/{counterparty_id}/dispute */
export const postSettlementRunsPositionsDispute = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** post /v1/settlement-runs/{id}/positions/{counterparty_id}/resolution */
export const postSettlementRunsPositionsResolution = {
  community_id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$' },
  resolution: { type: 'string', minLength: 1, maxLength: 200, required: true },
} as const;

/** post /v1/settlement-payments/{id}/made */
export const postSettlementPaymentsMade = { bank_reference: { type: 'string', minLength: 1, maxLength: 64, required: true } } as const;

/** post /v1/settlement-payments/{id}/received */
export const postSettlementPaymentsReceived = { bank_reference: { type: 'string', minLength: 1, maxLength: 64, required: true } } as const;

/** get /v1/adjustments */
export const getAdjustments = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/list-exports */
export const postListExports = { reason: { type: 'string', minLength: 1, maxLength: 200 } } as const;

/** get /v1/list-exports */
export const getListExports = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/blanked-texts */
export const postBlankedTexts = {
  key: { type: 'array', minItems: 1, maxItems: 4, items: { type: 'string', minLength: 1, maxLength: 200 }, required: true },
} as const;

/** get /v1/me/statement */
export const getMeStatement = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** get /v1/me/months */
export const getMeMonths = { months: { type: 'integer', minimum: 1, maximum: 24 } } as const;

/** get /v1/me/vouchers */
export const getMeVouchers = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/me/vouchers */
export const postMeVouchers = {
  offer_id: { type: 'string', pattern: '^ofr_[0-9a-f]{32}$', required: true },
  quantity: { type: 'integer', minimum: 1, maximum: 100 },
} as const;

/** post /v1/me/vouchers/{id}/cancellation */
export const postMeVouchersCancellation = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** post /v1/me/phone-codes */
export const postMePhoneCodes = { phone: { type: 'string', pattern: '^1[3-9]\\d{9}$', required: true } } as const;

/** put /v1/me/phone */
export const putMePhone = {
  phone: { type: 'string', pattern: '^1[3-9]\\d{9}$', required: true },
  code: { type: 'string', maxLength: 6, pattern: '^\\d{6}$', required: true },
  new_code: { type: 'string', maxLength: 6, pattern: '^\\d{6}$', required: true },
} as const;

/** post /v1/me/household/joining */
export const postMeHouseholdJoining = { code: { type: 'string', pattern: '^[2-9A-HJKMNP-Z]{8}$', required: true } } as const;

/** post /v1/me/household/hand-over */
export const postMeHouseholdHandOver = { resident_id: { type: 'string', pattern: '^res_[0-9a-f]{32}$', required: true } } as const;

/** get /v1/me/messages */
export const getMeMessages = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** get /v1/residents/{id}/vouchers */
export const getResidentsVouchers = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** post /v1/residents/{id}/vouchers */
export const postResidentsVouchers = {
  offer_id: { type: 'string', pattern: '^ofr_[0-9a-f]{32}$', required: true },
  quantity: { type: 'integer', minimum: 1, maximum: 100 },
} as const;

/** post /v1/vouchers/{id}/cancellation */
export const postVouchersCancellation = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** put /v1/vouchers/{id}/status */
export const putVouchersStatus = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** post /v1/offers */
export const postOffers = {
  cash: {
    title: { type: 'string', minLength: 1, maxLength: 60, required: true },
    points: { type: 'integer', minimum: 1, maximum: 1000000, multipleOf: 100, required: true },
  },
  item: {
    title: { type: 'string', minLength: 1, maxLength: 60, required: true },
    points: { type: 'integer', minimum: 1, maximum: 1000000, required: true },
    merchant_id: { type: 'string', pattern: '^mer_[0-9a-f]{32}$', required: true },
    settlement_fen: { type: 'integer', minimum: 1, maximum: 100000000, required: true },
  },
} as const;

/** get /v1/offers */
export const getOffers = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** put /v1/offers/{id}/status */
export const putOffersStatus = { reason: { type: 'string', minLength: 1, maxLength: 200, required: true } } as const;

/** get /v1/trial-balance */
export const getTrialBalance = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;

/** get /v1/audits */
export const getAudits = { limit: { type: 'integer', minimum: 1, maximum: 100 } } as const;
