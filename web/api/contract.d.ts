/** Made by `npm run generate:contract` from the API's own schemas: do not edit. */

export interface components {
  schemas: {
    ActionRule: {
      /** The id of a rule. */
      id: string;
      /** The id of a community. */
      community_id: string;
      class: 'volunteer' | 'deliberation' | 'civility' | 'commendation';
      /** Newest first. */
      versions: components['schemas']['ActionRuleVersion'][];
    };
    ActionRuleVersion: {
      /** The id of a rule. */
      id: string;
      rule_version: number;
      /** The id of a community. */
      community_id: string;
      class: 'volunteer' | 'deliberation' | 'civility' | 'commendation';
      name: string;
      per: 'hour' | 'event';
      /** Points. */
      points: number;
      cap_day: number | null;
      cap_month: number | null;
      cap_year: number | null;
      /** A date of Asia/Shanghai. */
      valid_from: string;
      valid_until: string | null;
      /** RFC 3339, UTC. */
      set_at: string;
      set_by: string;
    };
    Adjustment: {
      /** The wrong entry. */
      entry_id: string;
      /** The id of an adjustment. */
      id: string;
      /** Its mirror. */
      mirror_id: string;
      /** The right entry; null: nothing should have been booked. */
      right_id: string | null;
      /** The run that settles this day settles the adjustment. */
      business_day: string;
      reason: string;
      /** The id of an officer. */
      proposed_by: string;
      /** The id of an officer. */
      approved_by: string;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      proposed_by_name: string | null;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      approved_by_name: string | null;
      /** RFC 3339, UTC. */
      adjusted_at: string;
    };
    ApprovedAdjustment: {
      /** The id of an adjustment. */
      adjustment_id: string;
      /** The id of an entry. */
      entry_id: string;
      /** The mirror of the wrong entry. */
      mirror_id: string;
      /** The right entry; null: nothing should have been booked. */
      right_id: string | null;
      /** The run that settles this day settles the adjustment. */
      business_day: string;
      /** RFC 3339, UTC. */
      adjusted_at: string;
    };
    ApprovedClawBack: {
      /** The id of a grant. */
      grant_id: string;
      points: number;
      /** The open vouchers that held points of it, and ended with it. */
      voucher_ids: string[];
      /** RFC 3339, UTC. */
      clawed_back_at: string;
      /** The id of an entry. */
      entry_id: string;
    };
    ApprovedCredential: {
      /** The id of a client. */
      client_id: string;
      scopes: string[];
    };
    ApprovedErasure: {
      /** The id of an erasure. */
      erasure_id: string;
      /** The id of a resident. */
      resident_id: string;
      /** The points in the wallet and in open vouchers, which are lost. */
      points: number;
      /** The instant from which it is carried out, and until which it can be withdrawn. */
      due_at: string;
    };
    ApprovedGrant: {
      /** The id of a grant. */
      grant_id: string;
      points: number;
      /** The id of an entry. */
      entry_id: string;
    };
    ApprovedGrantList: {
      /** The id of a grantList. */
      grant_list_id: string;
      rows: number;
      points: number;
      /** RFC 3339, UTC. */
      approved_at: string;
    };
    ApprovedLogin: {
      /** The id of a login. */
      login_id: string;
      /** The id of an officer. */
      officer_id: string;
      /** Shown only in the approval's answer and its replays: hand it to the officer to whom the login belongs, who sets another password at once. */
      temporary_password?: string;
    };
    ApprovedOfficer: {
      /** The id of an officer. */
      officer_id: string;
      community_id: string | null;
    };
    ApprovedOfficerPerson: {
      /** The id of an officer. */
      officer_id: string;
      /** RFC 3339, UTC. */
      stated_until: string;
    };
    ApprovedPhone: {
      /** The id of a phoneChange. */
      phone_change_id: string;
      /** The id of a resident. */
      resident_id: string;
      /** RFC 3339, UTC. */
      changed_at: string;
      /** Until then nothing is spent, and whoever has the old number may stop the change. */
      closed_until: string;
    };
    ApprovedPolicy: {
      name:
        | 'rate'
        | 'voucher_validity'
        | 'lot_validity'
        | 'reversal_window'
        | 'grant_backdating'
        | 'exposure_limit'
        | 'proposal_validity'
        | 'calendar'
        | 'grant_alone'
        | 'code_validity'
        | 'offline_window'
        | 'redemption_cycles'
        | 'cut_off'
        | 'fund'
        | 'position_limit'
        | 'confirmation';
      policy_version: number;
      /** RFC 3339, UTC. */
      effective_from: string;
    };
    ApprovedSuccessor: {
      /** The id of a community. */
      community_id: string;
      /** The id of a community. */
      successor_id: string;
      /** A date of Asia/Shanghai. */
      effective_from: string;
    };
    Audit: {
      /** The id of an audit. */
      id: string;
      /** RFC 3339, UTC. */
      started_at: string;
      /** RFC 3339, UTC. */
      finished_at: string;
      /** Whether nothing is broken. */
      ok: boolean;
      checks: {
        /** The id of the invariant. */
        id: string;
        title: string;
        /** The number of things that it checked. */
        seen: number;
        /** The name of these things; empty if there is nothing to check. */
        unit: string;
        /** The first one that breaks the invariant, with its figures; null: none does. */
        broken: string | null;
        /** The reason why there is nothing to check; null: there is something. */
        not_applicable: string | null;
      }[];
    };
    BankMovement: {
      /** Such as `contribution`. */
      kind: string;
      /** Positive came in, negative went out. */
      fen: number;
      /** The id of the contribution, payment or payout that it belongs to. */
      subject: string;
      /** The id of an entry. */
      entry_id: string;
      /** RFC 3339, UTC. */
      booked_at: string;
      bank_reference: string;
    };
    Client: {
      /** The id of a client. */
      id: string;
      kind: 'till' | 'officer' | 'resident' | 'machine';
      name: string;
      community_id: string | null;
      merchant_id: string | null;
      store_id: string | null;
      officer_id: string | null;
      resident_id: string | null;
      /** Until when the secret before the last rotation is good. */
      previous_secret_until: string | null;
      status: 'active' | 'revoked';
      /** RFC 3339, UTC. */
      created_at: string;
      scopes: string[];
      merchant_name: string | null;
      store_name: string | null;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      officer_name: string | null;
      resident_name: string | null;
    };
    ClientWithSecret: {
      /** The id of a client. */
      id: string;
      kind: 'till' | 'officer' | 'resident' | 'machine';
      name: string;
      community_id: string | null;
      merchant_id: string | null;
      store_id: string | null;
      officer_id: string | null;
      resident_id: string | null;
      /** Until when the secret before the last rotation is good. */
      previous_secret_until: string | null;
      status: 'active' | 'revoked';
      /** RFC 3339, UTC. */
      created_at: string;
      scopes: string[];
      /** Shown only in this answer and its replays. */
      client_secret: string;
    };
    Code: {
      /** The id of a voucher. */
      voucher_id: string;
      /** RFC 3339, UTC. */
      minted_at: string;
      /** RFC 3339, UTC. */
      expires_at: string;
      /** 18 digits, shown as a QR code, a barcode and in figures. */
      code: string;
    };
    CodesSent: {
      /** RFC 3339, UTC. */
      expires_at: string;
      /** The time from which other codes may be requested. */
      resend_at: string;
    };
    Community: {
      /** The id of a community. */
      id: string;
      name: string;
      /** The statistical code (统计用区划代码). */
      code: string | null;
      /** RFC 3339, UTC. */
      opened_at: string;
      /** The community that bears its cost and pays its merchants from `succeeded_from` on. */
      successor_id: string | null;
      succeeded_from: string | null;
    };
    CommunityStatement: {
      /** A date of Asia/Shanghai. */
      from_day: string;
      /** A date of Asia/Shanghai. */
      through_day: string;
      /** The id of a run. */
      run_id: string;
      run_number: number;
      /** RFC 3339, UTC. */
      closed_at: string;
      /** The id of a community. */
      community_id: string;
      /** As it was when the run closed. */
      community_name: string;
      totals: {
        /** The amount that it owes. */
        due_to_fen: number;
        /** The amount that it is owed. */
        due_from_fen: number;
        /** To receive; negative: to pay. */
        net_fen: number;
        /** The amount that its merchants are owed for the period. */
        payable_fen: number;
        /** The number of merchants that it pays. */
        payouts: number;
        counterparties: {
          /** The id of a community. */
          community_id: string;
          name: string;
          /** The amount that it owes. */
          due_to_fen: number;
          /** The amount that it is owed. */
          due_from_fen: number;
          /** To receive; negative: to pay. */
          net_fen: number;
        }[];
      };
      row_count: number;
      /** The SHA-256 of the CSV file of the same lines, as it was frozen. */
      sha256: string;
      lines: {
        /** The id of a community. */
        counterparty_id: string;
        counterparty_name: string;
        /** A date of Asia/Shanghai. */
        business_day: string;
        /** The amount that the community owes the other; negative if more was undone than redeemed. */
        due_to_fen: number;
        /** The amount that the other owes it. */
        due_from_fen: number;
        net_fen: number;
      }[];
    };
    Consent: {
      notice_version: number;
      how: 'phone' | 'paper' | 'counter';
      paper_number: string | null;
      /** The guardian who consented for a child under 14. */
      guardian: string | null;
      /** The officer who took it; null: the person, on their own phone. */
      taken_by: string | null;
      /** RFC 3339, UTC. */
      at: string;
    };
    Contribution: {
      /** The id of a contribution. */
      id: string;
      /** The id of a community. */
      community_id: string;
      fen: number;
      bank_reference: string;
      /** A date of Asia/Shanghai. */
      business_day: string;
      /** RFC 3339, UTC. */
      booked_at: string;
      /** The id of an entry. */
      entry_id: string;
    };
    Entry: {
      /** The id of an entry. */
      id: string;
      kind: string;
      /** A date of Asia/Shanghai. */
      business_day: string;
      /** RFC 3339, UTC. */
      effective_at: string;
      /** RFC 3339, UTC. */
      recorded_at: string;
      /** The id of its subject: a grant, a voucher, a redemption or another thing. */
      subject: string;
      /** The entry it mirrors. */
      reverses: string | null;
      postings: {
        account: string;
        unit: 'point' | 'fen';
        side: 'debit' | 'credit';
        amount: number;
      }[];
    };
    Erasure: {
      /** The id of an erasure. */
      id: string;
      /** The id of a resident. */
      resident_id: string;
      /** RFC 3339, UTC. */
      requested_at: string;
      requested_by: string | null;
      approved_by: string | null;
      /** The points in the wallet and in open vouchers when it was requested: they are lost. */
      points: number;
      /** The instant from which it is carried out, and until which it can be withdrawn. */
      due_at: string;
      withdrawn_at: string | null;
      ended_at: string | null;
      blanked_at: string | null;
      finished_at: string | null;
      /** The remainder is pseudonymous, not anonymous: the books keep the id of the resident with its entries, and no name, number or text. Backups hold what was emptied until their time is over, and so do the files of PostgreSQL until VACUUM and the rotation of its log. */
      remains: 'pseudonym';
    };
    FieldError: {
      /** A JSON pointer into the body, or `query/…`, `path/…`, `header/…`, or `line/…` for a file. */
      pointer: string;
      /** Says what to send instead; to be read after the name of the field. */
      detail: string;
      /** The fault. Further codes may be added. */
      code:
        | 'before_from'
        | 'before_valid_from'
        | 'beside_authorization'
        | 'column_missing'
        | 'community_missing'
        | 'control_characters'
        | 'credentials_missing'
        | 'debtor_missing'
        | 'fen_of_a_line'
        | 'hidden_characters'
        | 'lines_missing'
        | 'mangled_by_spreadsheet'
        | 'missing'
        | 'no_form_fits'
        | 'not_a_code'
        | 'not_a_community_id'
        | 'not_a_cursor'
        | 'not_a_day'
        | 'not_a_household_code'
        | 'not_a_key'
        | 'not_a_login_name'
        | 'not_a_mobile_number'
        | 'not_a_multiple'
        | 'not_a_request_no'
        | 'not_a_time'
        | 'not_an_array'
        | 'not_an_id'
        | 'not_digits'
        | 'not_hex_digits'
        | 'not_lines'
        | 'not_named'
        | 'not_of_a_login'
        | 'not_of_a_payout'
        | 'not_of_a_phone'
        | 'not_one_of'
        | 'not_the_checksum'
        | 'not_valid'
        | 'not_whole_fen'
        | 'off_and_on'
        | 'other_place_missing'
        | 'own_key'
        | 'period_too_long'
        | 'phone_or_name'
        | 'repeated'
        | 'repeated_in_batch'
        | 'repeated_line'
        | 'request_no_or_day_missing'
        | 'same_as_before'
        | 'store_missing'
        | 'too_far_from_to'
        | 'too_few'
        | 'too_large'
        | 'too_long'
        | 'too_many'
        | 'too_many_decimals'
        | 'too_short'
        | 'too_small'
        | 'unknown_field'
        | 'wrong_type'
        | 'year_out_of_range';
      /** The figures of `detail`. */
      details?: Record<string, unknown>;
    };
    Figures: {
      /** A day, or a month. */
      period: string;
      /** The issuer of the points. */
      community_id: string;
      grants: number;
      points_granted: number;
      /** Points of grants that were reversed or clawed back. */
      points_taken_back: number;
      /** Vouchers that hold its points: one that holds points of several communities counts for each. */
      vouchers: number;
      /** Its points that were turned into vouchers. */
      points_issued: number;
      /** Counted as vouchers are. */
      redemptions: number;
      /** Redemptions that were reversed or voided, whenever they were made. */
      reversals: number;
      /** Less the reversals in the period: below zero if more was undone. */
      points_redeemed: number;
      /** The amount that the community bears; a successor bears it for the community that it has succeeded. */
      fen_redeemed: number;
      points_expired: number;
    };
    FiguresByPeriod: {
      /** A date of Asia/Shanghai. */
      from: string;
      /** A date of Asia/Shanghai. */
      to: string;
      /** The last business day that is counted; null: none yet. */
      counted_through: string | null;
      /** By period, and by the id of the community. */
      items: components['schemas']['Figures'][];
    };
    Fund: {
      /** The id of a community. */
      community_id: string;
      /** The total contributed so far. */
      fund_fen: number;
      /** The total cost of its points so far. */
      cost_fen: number;
      /** Points in wallets and vouchers. */
      open_points: number;
      /** Their value at the rate, rounded up. */
      open_fen: number;
      /** The fund less the amounts spent and promised; negative if no fund pays for them. */
      left_fen: number;
      /** The balance of its bank account in the books. */
      bank_fen: number;
    };
    Grant: {
      /** The id of a grant. */
      id: string;
      /** The community that granted and bears the cost: the issuer. */
      community_id: string;
      /** The id of a resident. */
      resident_id: string;
      rule_version: number;
      quantity: number;
      /** Points. */
      points: number;
      /** Points of it that are still in the wallet. */
      remaining: number;
      /** A date of Asia/Shanghai. */
      occurred_on: string;
      /** A date of Asia/Shanghai. */
      expires_on: string;
      description: string;
      external_reference: string | null;
      /** RFC 3339, UTC. */
      granted_at: string;
      granted_by: string;
      /** The second officer, of a grant that was proposed. */
      approved_by: string | null;
      reversed_at: string | null;
      /** The time at which two officers clawed it back. */
      clawed_back_at: string | null;
      /** The reason why it was reversed or clawed back. */
      reversal_reason: string | null;
      /** The id of a rule. */
      action_rule_id: string;
      /** The id of an entry. */
      entry_id: string;
      /** Masked if the resident belongs to another community. */
      resident_name: string;
      /** The name in the version that the grant used. */
      action_rule_name: string;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      granted_by_name: string | null;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      approved_by_name: string | null;
    };
    GrantBehind: {
      /** The community that granted: the issuer, or one that it has succeeded. */
      community_id: string;
      /** The id of a resident. */
      resident_id: string;
      /** RFC 3339, UTC. */
      granted_at: string;
      /** The id of a grant. */
      grant_id: string;
      /** The points of this grant in this voucher. */
      points: number;
      granted_points: number;
      lot: {
        /** A date of Asia/Shanghai. */
        expires_on: string;
      };
      deed: {
        rule_version: number;
        class: 'volunteer' | 'deliberation' | 'civility' | 'commendation';
        /** The id of a rule. */
        action_rule_id: string;
        rule_name: string;
        quantity: number;
        /** A date of Asia/Shanghai. */
        occurred_on: string;
        description: string;
        external_reference: string | null;
      };
    };
    GrantList: {
      /** The id of a grantList. */
      id: string;
      /** The id of a community. */
      community_id: string;
      /** The points that two officers approved. */
      points: number;
      /** RFC 3339, UTC. */
      approved_at: string;
      /** The id of an officer. */
      approved_by: string;
      /** The id of an officer. */
      proposed_by: string;
      /** The rows that were granted; 0 until it is done. */
      granted: number;
      /** The rows that were refused; 0 until it is done. */
      refused: number;
      /** When each row had its outcome. */
      done_at: string | null;
      /** The id of a proposal. */
      proposal_id: string;
      /** SHA-256 (hex) of the rows as they were approved. */
      hash: string;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      proposed_by_name: string | null;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      approved_by_name: string | null;
      rows: {
        /** The id of a rule. */
        action_rule_id: string;
        /** The id of a resident. */
        resident_id: string;
        quantity: number;
        points: number | null;
        /** A date of Asia/Shanghai. */
        occurred_on: string;
        description: string;
        external_reference: string | null;
        /** From 1 on. */
        number: number;
        /** Masked if the resident belongs to another community; null: there is no such resident. */
        resident_name: string | null;
        action_rule_name: string;
        /** The points that were approved. */
        worth: number;
        status: 'waiting' | 'granted' | 'refused';
        grant_id: string | null;
        refusal: components['schemas']['Refusal'] | null;
      }[];
    };
    GrantListPreview: {
      rows: {
        /** Null: the rule does not determine it. */
        points: number | null;
        /** The refusal that the row would get; null: it would be granted. */
        refusal: components['schemas']['Refusal'] | null;
      }[];
      /** The sum of the rows that would be granted. */
      points: number;
      /** The residents who would get points. */
      people: number;
      /** Whether it must be proposed, for a second officer to approve. */
      second_officer: boolean;
      /** Why it takes a second officer: a commendation is in it, or one grant, the day of the officer, or the month of a resident comes to more than the policy `grant_alone` allows; null: it does not. */
      because: 'commendation' | 'officer_unstated' | 'grant' | 'officer_day' | 'resident_month' | null;
      /** The refusal that the proposal would get because of who proposes it. */
      refusal: components['schemas']['Refusal'] | null;
      /** The community's limit, without this list. */
      limit: components['schemas']['Limit'];
    };
    GrantPreview: {
      /** Null: the rule does not determine it. */
      points: number | null;
      expires_on: string | null;
      /** The rule's caps, without this grant; empty if the rule has none. */
      caps: {
        per: 'day' | 'month' | 'year';
        /** Points that the rule allows a resident in the period of the deed. */
        cap: number;
        used: number;
        left: number;
      }[];
      /** The community's limit, without this grant. */
      limit: components['schemas']['Limit'];
      /** The refusal that the grant would get; null: it would be made. */
      refusal: components['schemas']['Refusal'] | null;
      /** Whether it must be proposed, for a second officer to approve: the refusal is then the one that the approval would get. */
      second_officer: boolean;
      /** The points that the officer may grant to this resident without a second officer. */
      alone: {
        /** Why it takes a second officer; null: it takes none, or would be refused in any case. */
        refusal: components['schemas']['Refusal'] | null;
        /** Without this grant. */
        limits: {
          /** A grant; a day of the officer; a month from the officer to this resident. */
          per: 'grant' | 'day' | 'month';
          limit: number;
          used: number;
          left: number;
          /** The day on which it begins anew; null: it holds for each grant. */
          frees_on: string | null;
        }[];
        /** Until when it is stated which resident the officer is; null: it never was. Without it the officer grants nothing alone. */
        person_until: string | null;
      };
    };
    GrantReversal: {
      /** The id of a grant. */
      grant_id: string;
      points: number;
      /** RFC 3339, UTC. */
      reversed_at: string;
      /** The id of an entry. */
      entry_id: string;
    };
    Granted: {
      /** The id of a grant. */
      id: string;
      /** The community that granted and bears the cost: the issuer. */
      community_id: string;
      /** The id of a resident. */
      resident_id: string;
      rule_version: number;
      quantity: number;
      /** Points. */
      points: number;
      /** Points of it that are still in the wallet. */
      remaining: number;
      /** A date of Asia/Shanghai. */
      occurred_on: string;
      /** A date of Asia/Shanghai. */
      expires_on: string;
      description: string;
      external_reference: string | null;
      /** RFC 3339, UTC. */
      granted_at: string;
      granted_by: string;
      /** The second officer, of a grant that was proposed. */
      approved_by: string | null;
      reversed_at: string | null;
      /** The time at which two officers clawed it back. */
      clawed_back_at: string | null;
      /** The reason why it was reversed or clawed back. */
      reversal_reason: string | null;
      /** The id of a rule. */
      action_rule_id: string;
      /** The id of an entry. */
      entry_id: string;
    };
    Household: {
      /** The id of a household. */
      id: string;
      /** The home community of the head when it was founded: its officers serve it. */
      community_id: string;
      /** The resident who is its head: who hands out its code, hands it over and ends it. */
      head_id: string;
      /** RFC 3339, UTC. */
      founded_at: string;
      ended_at: string | null;
      /** Everybody who is or was in it, in the order of coming. */
      members: {
        /** The id of a resident. */
        resident_id: string;
        /** RFC 3339, UTC. */
        since: string;
        until: string | null;
        /** As its founder, by the code of the head, or by an officer at a counter. */
        how: 'head' | 'code' | 'counter';
        /** The officer at a counter; null: the member in their own session. */
        by: string | null;
        reason: string | null;
        /** Masked if the resident belongs to another community than the officer's own. */
        name: string;
        /** The home community of the member now, whose officers read their page. */
        community_id: string;
        /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
        by_name: string | null;
      }[];
    };
    HouseholdCode: {
      /** The id of a household. */
      household_id: string;
      /** RFC 3339, UTC. */
      expires_at: string;
      /** 8 letters and digits, of which none looks like another. */
      code: string;
    };
    Inspection: {
      redeemable: boolean;
      /** The reason why it is not redeemable here and now. */
      refusal: components['schemas']['Refusal'] | null;
      voucher: {
        /** The id of a voucher. */
        id: string;
        kind: 'cash' | 'item';
        title: string;
        points: number;
        face_fen: number;
        /** RFC 3339, UTC. */
        valid_until: string;
        /** Masked: 陈**. */
        resident_name: string;
      } | null;
      /** The code is on paper: a redemption needs its PIN. */
      pin_required: boolean;
      cashier_message: string;
    };
    ItemProblem: {
      code: string;
      title: string;
      detail: string;
      action: string;
      cashier_message: string;
      details?: Record<string, unknown>;
      errors?: components['schemas']['FieldError'][];
    };
    KnownResident: {
      /** The id of a resident. */
      id: string;
      /** The id of a community. */
      community_id: string;
      /** Masked if the resident belongs to another community than the officer's own. */
      name: string;
      /** Masked. */
      phone: string;
    };
    Limit: {
      /** The id of a community. */
      community_id: string;
      granted: {
        /** Points in wallets and vouchers. */
        open_points: number;
        /** Their value at the rate, rounded up. */
        open_fen: number;
      };
      exposure: {
        limit_points: number;
        /** In whole percent, rounded down. */
        used_percent: number;
      };
      /** Null: the community has no fund, and needs none. */
      fund: {
        required: boolean;
        /** The total contributed so far. */
        fund_fen: number;
        /** The total cost of its points so far. */
        cost_fen: number;
        /** The points that its unspent part pays for. */
        pays_for_points: number;
        /** In whole percent, rounded down. */
        used_percent: number;
      } | null;
      effective: {
        /** The lower of the two. */
        binding: 'exposure' | 'fund';
        limit_points: number;
        used_points: number;
        available_points: number;
        /** The higher of the percentages used of the exposure limit and of the fund. */
        used_percent: number;
      };
      /** The highest warning percentage that is reached. */
      warning: number | null;
    };
    ListExport: {
      /** The id of an export. */
      id: string;
      /** The id of an officer. */
      officer_id: string;
      community_id: string | null;
      what: 'residents';
      /** Why names and numbers were wanted in full; null: they were masked. */
      reason: string | null;
      rows: number;
      /** RFC 3339, UTC. */
      at: string;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      officer_name: string | null;
    };
    ListedHousehold: {
      /** The id of a household. */
      id: string;
      /** The home community of the head when it was founded: its officers serve it. */
      community_id: string;
      /** The resident who is its head: who hands out its code, hands it over and ends it. */
      head_id: string;
      /** RFC 3339, UTC. */
      founded_at: string;
      ended_at: string | null;
      head_name: string;
      /** How many are in it now. */
      members: number;
    };
    Login: {
      /** The id of a login. */
      id: string;
      /** The client that is acted through; the same for all logins of one counter. */
      client_id: string;
      name: string;
      person_name: string;
      /** Until when the latest wrong tries lock those out who made them. */
      locked_until: string | null;
      status: 'active' | 'ended';
      /** RFC 3339, UTC. */
      created_at: string;
      kind: 'till' | 'officer';
      /** Null: the street office. */
      community_id: string | null;
      merchant_id: string | null;
      store_id: string | null;
      officer_id: string | null;
      password_temporary: boolean;
      totp: boolean;
    };
    LoginWithPassword: {
      /** The id of a login. */
      id: string;
      /** The client that is acted through; the same for all logins of one counter. */
      client_id: string;
      name: string;
      person_name: string;
      /** Until when the latest wrong tries lock those out who made them. */
      locked_until: string | null;
      status: 'active' | 'ended';
      /** RFC 3339, UTC. */
      created_at: string;
      kind: 'till' | 'officer';
      /** Null: the street office. */
      community_id: string | null;
      merchant_id: string | null;
      store_id: string | null;
      officer_id: string | null;
      password_temporary: boolean;
      totp: boolean;
      /** Shown only in this answer and its replays. Its owner must set another password before anything else. */
      temporary_password: string;
    };
    Me: {
      /** The id of a resident. */
      id: string;
      name: string;
      /** `unconfirmed`: registered on their own phone, and cannot spend until an officer confirms it. `declined`: no officer confirmed it. `ended`: the resident was erased. */
      status: 'active' | 'suspended' | 'unconfirmed' | 'declined' | 'ended';
      /** The time from which points can be spent again, after the number was changed at a counter; null: they can be spent. */
      spends_from: string | null;
      /** Masked: 138****5678. */
      phone: string;
      community: {
        /** The id of a community. */
        id: string;
        name: string;
      };
    };
    Merchant: {
      /** The id of a merchant. */
      id: string;
      /** The home community, which pays it: the acquirer. */
      community_id: string;
      name: string;
      status: 'active' | 'suspended';
      status_reason: string | null;
    };
    MerchantStatement: {
      /** A date of Asia/Shanghai. */
      from_day: string;
      /** A date of Asia/Shanghai. */
      through_day: string;
      /** The id of a run. */
      run_id: string;
      run_number: number;
      /** RFC 3339, UTC. */
      closed_at: string;
      /** The id of a community. */
      community_id: string;
      /** As it was when the run closed. */
      community_name: string;
      /** The id of a merchant. */
      merchant_id: string;
      merchant_name: string;
      /** The id of a payout. */
      payout_id: string;
      totals: {
        redemptions: number;
        redeemed_fen: number;
        reversals: number;
        reversed_fen: number;
        adjustments: number;
        adjusted_fen: number;
        /** The sum of the lines. */
        net_fen: number;
        /** The amount carried from an earlier run: negative, it is taken off here; positive, the bank had refused it. */
        carried_in_fen: number;
        /** The amount to be paid to the merchant; if it is not above zero, it is carried to a later run. */
        total_fen: number;
      };
      row_count: number;
      /** The SHA-256 of the CSV file of the same lines, as it was frozen. */
      sha256: string;
      lines: {
        kind: 'redemption' | 'reversal' | 'adjustment';
        /** The id of the redemption, the reversal or the adjustment. */
        id: string;
        /** RFC 3339, UTC. */
        at: string;
        /** A date of Asia/Shanghai. */
        business_day: string;
        /** This and the next five are null for an adjustment. */
        redemption_id: string | null;
        request_no: string | null;
        store_id: string | null;
        terminal_id: string | null;
        order_no: string | null;
        voucher_id: string | null;
        /** The amount that it adds to the merchant's due; negative for a reversal. */
        fen: number;
      }[];
    };
    MerchantWithStores: {
      /** The id of a merchant. */
      id: string;
      /** The home community, which pays it: the acquirer. */
      community_id: string;
      name: string;
      status: 'active' | 'suspended';
      status_reason: string | null;
      /** The newest 100; all are at `/stores`. */
      stores: components['schemas']['Store'][];
    };
    Message:
      | {
          id: string;
          kind: 'points_received';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            points: number;
            /** The id of a community. */
            community_id: string;
            /** A date of Asia/Shanghai. */
            expires_on: string;
            description: string;
          };
        }
      | {
          id: string;
          kind: 'points_reversed';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            points: number;
            /** The id of a community. */
            community_id: string;
            /** A date of Asia/Shanghai. */
            expires_on: string;
            description: string;
          };
        }
      | {
          id: string;
          kind: 'points_clawed_back';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            points: number;
            /** The id of a community. */
            community_id: string;
            /** A date of Asia/Shanghai. */
            expires_on: string;
            description: string;
          };
        }
      | {
          id: string;
          kind: 'points_expiring';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            points: number;
            /** The id of a community. */
            community_id: string;
            /** A date of Asia/Shanghai. */
            expires_on: string;
          };
        }
      | {
          id: string;
          kind: 'points_expired';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            points: number;
            /** The id of a community. */
            community_id: string;
            /** A date of Asia/Shanghai. */
            expires_on: string;
          };
        }
      | {
          id: string;
          kind: 'voucher_taken';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            title: string;
            points: number;
            face_fen: number;
            /** RFC 3339, UTC. */
            valid_until: string;
          };
        }
      | {
          id: string;
          kind: 'voucher_redeemed';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            title: string;
            points: number;
            face_fen: number;
            /** RFC 3339, UTC. */
            valid_until: string;
            merchant_name: string;
            store_name: string;
          };
        }
      | {
          id: string;
          kind: 'voucher_reversed';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            title: string;
            points: number;
            face_fen: number;
            /** RFC 3339, UTC. */
            valid_until: string;
            merchant_name: string;
            store_name: string;
          };
        }
      | {
          id: string;
          kind: 'voucher_expiring';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            title: string;
            points: number;
            face_fen: number;
            /** RFC 3339, UTC. */
            valid_until: string;
          };
        }
      | {
          id: string;
          kind: 'voucher_expired';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            title: string;
            points: number;
            face_fen: number;
            /** RFC 3339, UTC. */
            valid_until: string;
          };
        }
      | {
          id: string;
          kind: 'paper_printed';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            title: string;
            points: number;
            face_fen: number;
            /** RFC 3339, UTC. */
            valid_until: string;
          };
        }
      | {
          id: string;
          kind: 'signed_in';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            device: string;
          };
        }
      | {
          id: string;
          kind: 'number_changed';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            how: 'codes' | 'counter';
            closed_until: string | null;
          };
        }
      | {
          id: string;
          kind: 'number_change_stopped';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: Record<string, unknown>;
        }
      | {
          id: string;
          kind: 'spending_closed';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            /** RFC 3339, UTC. */
            closed_until: string;
          };
        }
      | {
          id: string;
          kind: 'moved';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            /** The id of a community. */
            from_id: string;
            /** The id of a community. */
            to_id: string;
          };
        }
      | {
          id: string;
          kind: 'household_joined';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            how: 'head' | 'code' | 'counter';
          };
        }
      | {
          id: string;
          kind: 'household_left';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            how: 'head' | 'code' | 'counter';
          };
        }
      | {
          id: string;
          kind: 'credential_made';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            name: string;
          };
        }
      | {
          id: string;
          kind: 'secret_replaced';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            name: string;
          };
        }
      | {
          id: string;
          kind: 'erasure_requested';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: {
            /** RFC 3339, UTC. */
            due_at: string;
            points: number;
          };
        }
      | {
          id: string;
          kind: 'erasure_withdrawn';
          /** The time at which it happened. A message that something is about to end has the time from which it is told. */
          at: string;
          /** The id of the grant, the voucher or the credential that it is about; null: of none. */
          subject: string | null;
          details: Record<string, unknown>;
        };
    Month: {
      /** A month of Asia/Shanghai. */
      month: string;
      earned: number;
      /** Turned into vouchers. */
      spent: number;
      /** Points back from vouchers that were cancelled or have expired. */
      returned: number;
      expired: number;
      /** Points of grants that were reversed or clawed back. */
      taken_back: number;
    };
    Movement: {
      kind: string;
      /** The time at which it happened. */
      effective_at: string;
      /** The id of the grant or the voucher that it is about. */
      subject: string;
      /** The id of an entry. */
      entry_id: string;
      /** The time at which it was booked. */
      at: string;
      /** The community that granted these points. */
      community_id: string;
      /** A date of Asia/Shanghai. */
      expires_on: string;
      /** Came in; negative: went out. */
      points: number;
      description: string | null;
    };
    MyHousehold: {
      /** The id of a household. */
      id: string;
      /** The home community of the head when it was founded: its officers serve it. */
      community_id: string;
      /** The resident who is its head: who hands out its code, hands it over and ends it. */
      head_id: string;
      /** RFC 3339, UTC. */
      founded_at: string;
      ended_at: string | null;
      members: {
        /** The id of a resident. */
        resident_id: string;
        name: string;
        /** When this member came. */
        since: string;
      }[];
    };
    NewHousehold: {
      /** The id of a household. */
      id: string;
      /** The id of a community. */
      community_id: string;
      /** The id of a resident. */
      head_id: string;
      /** RFC 3339, UTC. */
      founded_at: string;
    };
    Offer: {
      /** The id of an offer. */
      id: string;
      kind: 'cash' | 'item';
      title: string;
      /** The price; of cash, the price of one multiple. */
      points: number;
      /** The amount that the merchant is owed for an item. */
      settlement_fen: number | null;
      /** The merchant that redeems an item; null: any. */
      merchant_id: string | null;
      community_id: string | null;
      status: 'active' | 'withdrawn';
      /** The amount that one voucher takes off at the current rate; an issued voucher keeps its own. */
      face_fen: number;
      /** The end of a voucher that is taken now. */
      valid_until: string;
      /** The same merchant by name. */
      merchant: {
        /** The id of a merchant. */
        id: string;
        name: string;
        /** Suspended: nobody can take the offer now. */
        status: 'active' | 'suspended';
      } | null;
      /** Its home community by name. */
      community: {
        /** The id of a community. */
        id: string;
        name: string;
      } | null;
    };
    Officer: {
      /** The id of an officer. */
      id: string;
      /** Null: the street office. */
      community_id: string | null;
      name: string;
      /** Whether it is stated, and was confirmed within a year, which resident the officer is, or that the officer is none. Without it, the officer grants nothing alone. */
      person_stated: boolean;
      /** Until when the statement counts, or did; null: there is none. */
      person_until: string | null;
      /** Only to officers of the street office: the resident who it is; null: none. */
      resident_id?: string | null;
    };
    OfficersPerson: {
      /** Whether it is stated, and was confirmed within a year, which resident the officer is, or that the officer is none. Without it, the officer grants nothing alone. */
      person_stated: boolean;
      /** Until when the statement counts, or did; null: there is none. */
      person_until: string | null;
      /** Null: none. */
      resident_id: string | null;
    };
    Paper: {
      /** The id of a voucher. */
      voucher_id: string;
      /** RFC 3339, UTC. */
      minted_at: string;
      /** The end of the voucher. */
      expires_at: string;
      /** 18 digits, for the paper: as a QR code, a barcode and in figures. */
      code: string;
      /** 6 digits, told to the resident at the counter: not for the paper. */
      pin: string;
    };
    Payout: {
      /** The id of a payout. */
      id: string;
      /** The id of a community. */
      community_id: string;
      /** The id of a merchant. */
      merchant_id: string;
      /** As it was when the run closed. */
      merchant_name: string;
      /** The amount owed; if it is not above zero, it was carried when the run closed. */
      fen: number;
      state: 'due' | 'paid' | 'failed' | 'carried';
      bank_reference: string | null;
      /** The bank's reason for a payout that failed; and the reason why it was then carried. */
      failure: string | null;
      decided_at: string | null;
    };
    PayoutResults: {
      /** The id of a run. */
      run_id: string;
      run_state: 'closed' | 'confirmed' | 'paid';
      row_count: number;
      /** The number of payouts for which this answer had a new result. */
      changed: number;
      /** The amount booked as paid now. */
      paid_fen: number;
      outcomes: {
        /** The id of a payout. */
        payout_id: string;
        state: 'paid' | 'failed';
        /** False: it was known already. */
        changed: boolean;
      }[];
    };
    PersonInQuestion: {
      /** The id of a resident. */
      id: string;
      /** The id of a community. */
      community_id: string;
      /** Masked if the resident belongs to another community than the officer's own. */
      name: string;
      /** `unconfirmed`: registered on their own phone, and cannot spend until an officer confirms it. `declined`: no officer confirmed it. `ended`: the resident was erased. */
      status: 'active' | 'suspended' | 'unconfirmed' | 'declined' | 'ended';
      /** RFC 3339, UTC. */
      registered_at: string;
      /** Masked. */
      phone: string;
    };
    PhoneChange: {
      /** The id of a phoneChange. */
      id: string;
      /** The id of a resident. */
      resident_id: string;
      /** RFC 3339, UTC. */
      changed_at: string;
      closed_until: string | null;
      /** Masked if the resident belongs to another community than the officer's own. */
      resident_name: string;
    };
    Policy: {
      name:
        | 'rate'
        | 'voucher_validity'
        | 'lot_validity'
        | 'reversal_window'
        | 'grant_backdating'
        | 'exposure_limit'
        | 'proposal_validity'
        | 'calendar'
        | 'grant_alone'
        | 'code_validity'
        | 'offline_window'
        | 'redemption_cycles'
        | 'cut_off'
        | 'fund'
        | 'position_limit'
        | 'confirmation';
      current: components['schemas']['PolicyVersion'];
      /** Versions that will come into force, in this order. */
      coming: components['schemas']['PolicyVersion'][];
    };
    PolicyVersion: {
      name:
        | 'rate'
        | 'voucher_validity'
        | 'lot_validity'
        | 'reversal_window'
        | 'grant_backdating'
        | 'exposure_limit'
        | 'proposal_validity'
        | 'calendar'
        | 'grant_alone'
        | 'code_validity'
        | 'offline_window'
        | 'redemption_cycles'
        | 'cut_off'
        | 'fund'
        | 'position_limit'
        | 'confirmation';
      policy_version: number;
      /** RFC 3339, UTC. */
      effective_from: string;
      /** RFC 3339, UTC. */
      set_at: string;
      proposed_by: string;
      approved_by: string;
      value: Record<string, unknown>;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      proposed_by_name: string | null;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      approved_by_name: string | null;
    };
    /** Amounts may be below zero: a reversal counts on its own day. */
    Position: {
      /** With `by=day`; otherwise null: over all days. */
      business_day: string | null;
      /** The id of a community. */
      community_id: string;
      /** The same as `community_id` for the amount that stayed at home, which is owed to nobody. */
      counterparty_id: string;
      /** For the community's points spent at the other's merchants. */
      due_to: {
        points: number;
        fen: number;
      };
      /** For the other's points spent at the community's merchants. */
      due_from: {
        points: number;
        fen: number;
      };
      /** Due from less due to. */
      net: {
        points: number;
        fen: number;
      };
      /** The soft limit of the net debtor of the two over the range, in its direction: both are warned, and nothing is refused. Null: neither owes the other, or there is no limit; also null with `by=day`. */
      limit: {
        limit_fen: number;
        /** In whole percent, rounded down. */
        used_percent: number;
        /** The highest warning percentage that is reached. */
        warning: number | null;
      } | null;
    };
    PositionLine: {
      kind: 'reversal' | 'redemption';
      /** The id of the redemption or of the reversal. */
      id: string;
      /** The id of a redemption. */
      redemption_id: string;
      /** RFC 3339, UTC. */
      at: string;
      /** The id of a community. */
      issuer: string;
      /** The id of a community. */
      acquirer: string;
      /** The issuer's points in this voucher; negative for a reversal. */
      points: number;
      /** The amount that the issuer bears; negative for a reversal. */
      fen: number;
      /** For the acquirer; null for anybody else. */
      redemption: {
        /** The id of a merchant. */
        merchant_id: string;
        /** The id of a store. */
        store_id: string;
        terminal_id: string | null;
        request_no: string;
        order_no: string;
        /** Masked. */
        resident_name: string;
      } | null;
      /** For the issuer: the address of the grants behind it; null for anybody else. */
      grants: string | null;
    };
    Positions: {
      /** A date of Asia/Shanghai. */
      from: string;
      /** A date of Asia/Shanghai. */
      through: string;
      items: components['schemas']['Position'][];
    };
    PrivacyNotice: {
      version: number;
      title: string;
      paragraphs: string[];
    };
    /** RFC 9457. The codes are listed in docs/errors.md, and each is described at its `type`. */
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      code: string;
      request_id: string;
      retryable: boolean;
      action: string;
      /** The message that a till shows its cashier, in Chinese. */
      cashier_message: string;
      errors?: components['schemas']['FieldError'][];
      /** The figures that explain it. */
      details?: Record<string, unknown>;
    };
    Proposal: {
      /** The id of a proposal. */
      id: string;
      /** The community whose officers decide; null: the street office. */
      community_id: string | null;
      reason: string;
      /** The id of an officer. */
      proposed_by: string;
      /** RFC 3339, UTC. */
      proposed_at: string;
      /** The time from which it can no longer be approved. */
      lapses_at: string;
      decided_by: string | null;
      decided_at: string | null;
      decision_reason: string | null;
      command:
        | 'grant'
        | 'grant_list'
        | 'clawback'
        | 'phone'
        | 'erasure'
        | 'policy'
        | 'officer'
        | 'officer_person'
        | 'credential'
        | 'login'
        | 'successor'
        | 'adjustment';
      input:
        | components['schemas']['ProposedGrant']
        | components['schemas']['ProposedGrantList']
        | components['schemas']['ProposedClawBack']
        | components['schemas']['ProposedPhone']
        | components['schemas']['ProposedErasure']
        | components['schemas']['ProposedPolicy']
        | components['schemas']['ProposedOfficer']
        | components['schemas']['ProposedOfficerPerson']
        | components['schemas']['ProposedCredential']
        | components['schemas']['ProposedLogin']
        | components['schemas']['ProposedSuccessor']
        | components['schemas']['ProposedAdjustment'];
      /** The names of the residents, rules, officers and merchants in the input, by id; for a grant, the name of its resident. Residents of another community are masked. */
      names: Record<string, string>;
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      proposed_by_name: string | null;
      status: 'open' | 'approved' | 'declined' | 'lapsed';
      /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
      decided_by_name: string | null;
      /** The result of the command, once it is approved. */
      result:
        | components['schemas']['ApprovedGrant']
        | components['schemas']['ApprovedGrantList']
        | components['schemas']['ApprovedClawBack']
        | components['schemas']['ApprovedPhone']
        | components['schemas']['ApprovedErasure']
        | components['schemas']['ApprovedPolicy']
        | components['schemas']['ApprovedOfficer']
        | components['schemas']['ApprovedOfficerPerson']
        | components['schemas']['ApprovedCredential']
        | components['schemas']['ApprovedLogin']
        | components['schemas']['ApprovedSuccessor']
        | components['schemas']['ApprovedAdjustment']
        | null;
    };
    ProposedAdjustment: {
      /** The id of an entry. */
      entry_id: string;
      right: {
        /** The id of a merchant. */
        merchant_id: string;
        shares: {
          /** The id of a community. */
          community_id: string;
          fen: number;
        }[];
      } | null;
    };
    ProposedClawBack: {
      /** The id of a grant. */
      grant_id: string;
    };
    ProposedCredential: {
      /** The id of an officer. */
      officer_id: string;
      name: string;
      scopes: string[] | null;
    };
    ProposedErasure: {
      /** The id of a resident. */
      resident_id: string;
    };
    ProposedGrant: {
      /** The id of a rule. */
      action_rule_id: string;
      /** The id of a resident. */
      resident_id: string;
      quantity: number;
      points: number | null;
      /** A date of Asia/Shanghai. */
      occurred_on: string;
      description: string;
      external_reference: string | null;
    };
    ProposedGrantList: {
      /** SHA-256 (hex) of the rows as JSON in the form of RFC 8785, without `worth`: to be sent back in `acknowledged`, with `points`. */
      hash: string;
      /** The sum of the rows. */
      points: number;
      /** The number of residents. */
      people: number;
      /** The number of rows. */
      count: number;
      /** The 20 rows with the most points, the largest first. */
      largest: {
        /** The id of a rule. */
        action_rule_id: string;
        /** The id of a resident. */
        resident_id: string;
        quantity: number;
        points: number | null;
        /** A date of Asia/Shanghai. */
        occurred_on: string;
        description: string;
        external_reference: string | null;
        /** The points that the rule gives, as of proposing. */
        worth: number;
      }[];
      /** Left out in a list of proposals. */
      rows?: {
        /** The id of a rule. */
        action_rule_id: string;
        /** The id of a resident. */
        resident_id: string;
        quantity: number;
        points: number | null;
        /** A date of Asia/Shanghai. */
        occurred_on: string;
        description: string;
        external_reference: string | null;
        /** The points that the rule gives, as of proposing. */
        worth: number;
      }[];
    };
    ProposedLogin: {
      /** The id of an officer. */
      officer_id: string;
      name: string;
    };
    ProposedOfficer: {
      name: string;
      community_id: string | null;
      /** Left out: it was proposed before this was asked. */
      resident_id?: string | null;
    };
    ProposedOfficerPerson: {
      /** The id of an officer. */
      officer_id: string;
      resident_id: string | null;
    };
    ProposedPhone: {
      /** The id of a resident. */
      resident_id: string;
      /** Masked: 138****5678. */
      phone: string;
    };
    ProposedPolicy: {
      name:
        | 'rate'
        | 'voucher_validity'
        | 'lot_validity'
        | 'reversal_window'
        | 'grant_backdating'
        | 'exposure_limit'
        | 'proposal_validity'
        | 'calendar'
        | 'grant_alone'
        | 'code_validity'
        | 'offline_window'
        | 'redemption_cycles'
        | 'cut_off'
        | 'fund'
        | 'position_limit'
        | 'confirmation';
      value: Record<string, unknown>;
      effective_from: string | null;
    };
    ProposedSuccessor: {
      /** The id of a community. */
      community_id: string;
      /** The id of a community. */
      successor_id: string;
      /** A date of Asia/Shanghai. */
      effective_from: string;
    };
    Reconciliation: {
      /** The id of a merchant. */
      merchant_id: string;
      /** Only this store, which the client is bound to; null: all stores of the merchant. */
      store_id: string | null;
      /** A date of Asia/Shanghai. */
      business_day: string;
      /** A closed day never changes. */
      status: 'open' | 'closed';
      totals: {
        redemptions: number;
        redeemed_fen: number;
        reversals: number;
        reversed_fen: number;
        /** The amount that the merchant is owed for these lines. */
        net_fen: number;
      };
      row_count: number;
      /** The SHA-256 of the CSV file of the same lines, byte order mark and header included. */
      sha256: string;
      lines: {
        kind: 'redemption' | 'reversal';
        /** The id of the redemption or of the reversal. */
        id: string;
        /** RFC 3339, UTC. */
        at: string;
        /** The id of a redemption. */
        redemption_id: string;
        request_no: string;
        /** The id of a store. */
        store_id: string;
        terminal_id: string | null;
        order_no: string;
        /** The id of a voucher. */
        voucher_id: string;
        /** Owed to the merchant; negative for a reversal. */
        fen: number;
      }[];
    };
    ReconciliationDifference: {
      /** The id of a merchant. */
      merchant_id: string;
      /** Only this store was compared, which the client is bound to; null: all stores of the merchant. */
      store_id: string | null;
      /** A date of Asia/Shanghai. */
      business_day: string;
      /** An open day may still get lines. */
      status: 'open' | 'closed';
      /** Nothing is missing, and nothing differs. */
      agrees: boolean;
      /** The number of lines that were sent. */
      lines: number;
      /** The number of lines that are equal in both books. */
      matched: number;
      /** The number of lines that name another store than the one that was compared. */
      other_stores: number;
      ours: {
        redemptions: number;
        redeemed_fen: number;
        reversals: number;
        reversed_fen: number;
        net_fen: number;
      };
      theirs: {
        redemptions: number;
        redeemed_fen: number;
        reversals: number;
        reversed_fen: number;
        net_fen: number;
      };
      /** `theirs.net_fen` less `ours.net_fen`; the sum of the `fen` of the six lists. */
      difference_fen: number;
      /** The till has it, and it does not count here. */
      missing_here: components['schemas']['ReconciliationFindings'];
      /** It counts here, and the till does not have it. */
      missing_there: components['schemas']['ReconciliationFindings'];
      /** Both have it, with differences. */
      different: components['schemas']['ReconciliationFindings'];
      /** The till has it on this day, and it is booked on another. */
      other_day: components['schemas']['ReconciliationFindings'];
      /** The till has it more often than this book. */
      repeated: components['schemas']['ReconciliationFindings'];
      /** Both have it, and a spreadsheet has rounded a number of the till to 15 digits: the request number, the order number, or both. */
      rounded: components['schemas']['ReconciliationFindings'];
    };
    ReconciliationFinding: {
      theirs: {
        /** The position of the line: `line/18` in a file, `/lines/16` in JSON. */
        pointer: string;
        kind: 'redemption' | 'reversal';
        request_no: string;
        fen: number;
        order_no: string | null;
        redemption_id: string | null;
      } | null;
      ours: {
        kind: 'redemption' | 'reversal';
        request_no: string;
        fen: number;
        order_no: string;
        /** The id of a redemption. */
        redemption_id: string;
        /** The id of a store. */
        store_id: string;
        /** A date of Asia/Shanghai. */
        business_day: string;
      } | null;
      differs: ('request_no' | 'fen' | 'order_no' | 'redemption_id')[];
      /** The code by which the request was refused, or `request_voided`. */
      refusal: string | null;
      /** The remedy. */
      code:
        | 'send_again_or_void'
        | 'void_and_take_out'
        | 'take_out'
        | 'undo_or_take_out'
        | 'enter_or_void'
        | 'enter_with_reversal'
        | 'enter_reversal'
        | 'correct'
        | 'nothing'
        | 'rounded'
        | 'keep_one';
      /** The same as a sentence. */
      action: string;
      cashier_message: string;
    };
    ReconciliationFindings: {
      count: number;
      /** The amount that these lines add to `difference_fen`. */
      fen: number;
      /** The number of lines that are counted and not shown. */
      truncated: number;
      items: components['schemas']['ReconciliationFinding'][];
    };
    Redemption: {
      /** The id of a redemption. */
      id: string;
      /** The id of a voucher. */
      voucher_id: string;
      /** The id of a merchant. */
      merchant_id: string;
      /** The id of a store. */
      store_id: string;
      terminal_id: string | null;
      request_no: string;
      order_no: string;
      /** Points. */
      points: number;
      /** A date of Asia/Shanghai. */
      business_day: string;
      /** For a redemption that was stored and forwarded, the time at which the code was shown. */
      presented_at: string | null;
      /** RFC 3339, UTC. */
      reversible_until: string;
      status: 'succeeded' | 'reversed' | 'voided';
      /** The amount taken off the order, in fen. */
      discount_fen: number;
      /** RFC 3339, UTC. */
      redeemed_at: string;
      /** The id of an entry. */
      entry_id: string;
      reversal: {
        /** The id of a reversal. */
        id: string;
        reason: string;
        /** A date of Asia/Shanghai. */
        business_day: string;
        /** RFC 3339, UTC. */
        reversed_at: string;
      } | null;
      /** The voucher's title. The title and the name come with a redemption that is read by its id or in the list of a day. */
      title?: string;
      /** Masked: 陈**. */
      resident_name?: string;
      /** How it stands at the time of the answer. In a replay, only this and `cashier_message` may have changed. */
      now: {
        status: 'succeeded' | 'reversed' | 'voided';
        /** Since when it stands so. */
        at: string;
      };
      cashier_message: string;
    };
    RedemptionRequest: {
      request_no: string;
      status: 'succeeded' | 'reversed' | 'voided' | 'refused';
      redemption: components['schemas']['Redemption'] | null;
      refusal: components['schemas']['Refusal'] | null;
    };
    RedemptionVoid: {
      /** The id of a void. */
      id: string;
      request_no: string;
      /** The redemption that the request had made, if it had made one. */
      redemption_id: string | null;
      /** Whether this void undid that redemption; false: nothing was left to undo. */
      reversed: boolean;
      /** RFC 3339, UTC. */
      voided_at: string;
    };
    Refusal: {
      code: string;
      title: string;
      detail: string;
      action: string;
      cashier_message: string;
      details?: Record<string, unknown>;
    };
    Registration: {
      /** The id of a resident. */
      resident_id: string;
      /** The id of a community. */
      community_id: string;
      /** RFC 3339, UTC. */
      made_at: string;
      resident: components['schemas']['Resident'];
    };
    Resident: {
      /** The id of a resident. */
      id: string;
      /** The home community. */
      community_id: string;
      name: string;
      /** `unconfirmed`: registered on their own phone, and cannot spend until an officer confirms it. `declined`: no officer confirmed it. `ended`: the resident was erased. */
      status: 'active' | 'suspended' | 'unconfirmed' | 'declined' | 'ended';
      status_reason: string | null;
      /** RFC 3339, UTC. */
      registered_at: string;
      /** The time from which points can be spent again, after the number was changed at a counter; null: they can be spent. */
      spends_from: string | null;
      erasure_id: string | null;
      /** Masked. */
      phone: string;
    };
    ResidentChange:
      | {
          kind: 'name';
          former_name: string;
          /** RFC 3339, UTC. */
          corrected_at: string;
          reason: string;
          /** The id of an officer. */
          corrected_by: string;
        }
      | {
          kind: 'phone';
          /** Masked: 138****5678. */
          former_phone: string;
          /** The id of a phoneChange. */
          id: string;
          how: 'codes' | 'counter';
          /** RFC 3339, UTC. */
          changed_at: string;
          proposed_by: string | null;
          approved_by: string | null;
          /** The time until which it could be stopped and nothing was spent; null: the resident made it by both codes. */
          closed_until: string | null;
          stopped_at: string | null;
          stopped_by: string | null;
        }
      | {
          kind: 'move';
          /** RFC 3339, UTC. */
          moved_at: string;
          /** The former home community. */
          from_id: string;
          /** The home community from then on. */
          to_id: string;
          how: 'code' | 'counter';
          reason: string | null;
          /** The id of an officer. */
          moved_by: string;
        };
    ResidentList: {
      /** The id of a community. */
      community_id: string;
      /** The SHA-256 of the file, in hex digits: the second request names it. */
      sha256: string;
      /** The number of lines with each result. */
      counts: {
        would_register: number;
        registered: number;
        already_registered: number;
        phone_taken: number;
        twice_in_file: number;
        same_person_question: number;
        faulty: number;
      };
      lines: components['schemas']['ResidentListLine'][];
    };
    ResidentListLine: {
      /** The line in the file, counted from 1. */
      line: number;
      name: string | null;
      /** Masked; null: it could not be read. */
      phone: string | null;
      /** `already_registered`: with this phone and this name, in this community. `phone_taken`: under another name or in another community, which is not told. `same_person_question`: somebody of this name is registered here, or stands in an earlier line: say in the column 同名说明 why it is somebody else, or leave the line out. */
      result: 'would_register' | 'registered' | 'already_registered' | 'phone_taken' | 'twice_in_file' | 'same_person_question' | 'faulty';
      /** The id of the resident, if one is registered. */
      resident_id: string | null;
      /** The line in which the same phone stands. */
      earlier_line: number | null;
      same_name_ids: string[];
      same_name_lines: number[];
      errors: components['schemas']['FieldError'][];
    };
    ResidentWithConsents: {
      /** The id of a resident. */
      id: string;
      /** The home community. */
      community_id: string;
      name: string;
      /** `unconfirmed`: registered on their own phone, and cannot spend until an officer confirms it. `declined`: no officer confirmed it. `ended`: the resident was erased. */
      status: 'active' | 'suspended' | 'unconfirmed' | 'declined' | 'ended';
      status_reason: string | null;
      /** RFC 3339, UTC. */
      registered_at: string;
      /** The time from which points can be spent again, after the number was changed at a counter; null: they can be spent. */
      spends_from: string | null;
      erasure_id: string | null;
      /** Masked. */
      phone: string;
      /** The consents to the privacy notice, that to the latest first; empty: none is recorded. */
      consents: components['schemas']['Consent'][];
      /** Other registrations of the same person, as an officer said. */
      same_person_ids: string[];
    };
    Reversal: {
      /** The id of a reversal. */
      id: string;
      /** The id of a redemption. */
      redemption_id: string;
      /** A date of Asia/Shanghai. */
      business_day: string;
      /** RFC 3339, UTC. */
      reversed_at: string;
      /** The id of an entry. */
      entry_id: string;
    };
    SamePersonQuestion: {
      resident: components['schemas']['PersonInQuestion'];
      other: components['schemas']['PersonInQuestion'];
      /** The id of a community. */
      community_id: string;
      /** They have one name, or signed in with one device. */
      why: 'name' | 'device';
      /** RFC 3339, UTC. */
      found_at: string;
    };
    Session: {
      /** The id of a session. */
      id: string;
      /** A browser and a system. */
      device: string;
      /** RFC 3339, UTC. */
      started_at: string;
      /** RFC 3339, UTC. */
      expires_at: string;
      ended_at: string | null;
      /** Whether it is the session of this request. */
      current: boolean;
    };
    SettledPosition: {
      /** The id of a community. */
      community_id: string;
      /** The id of a community. */
      counterparty_id: string;
      /** Fen: 1/100 yuan. */
      due_to_fen: number;
      /** Fen: 1/100 yuan. */
      due_from_fen: number;
      /** Due from less due to. */
      net_fen: number;
      /** The community's last dispute, if there was any. */
      dispute: {
        /** RFC 3339, UTC. */
        at: string;
        /** The id of an officer. */
        by: string;
        reason: string;
        resolved_at: string | null;
        resolved_by: string | null;
        resolution: string | null;
      } | null;
      /** The other community's last dispute. */
      counterparty_dispute: {
        /** RFC 3339, UTC. */
        at: string;
        /** The id of an officer. */
        by: string;
        reason: string;
        resolved_at: string | null;
        resolved_by: string | null;
        resolution: string | null;
      } | null;
    };
    /** The balances of the accounts of the run's days: all zero once it is paid. */
    SettlementLeft: {
      due_to_fen: number;
      due_from_fen: number;
      payable_fen: number;
      clearing_fen: number;
    };
    SettlementParty: {
      /** The id of a community. */
      community_id: string;
      /** As it was when the run closed. */
      name: string;
      /** Fen: 1/100 yuan. */
      due_to_fen: number;
      /** Fen: 1/100 yuan. */
      due_from_fen: number;
      /** To receive; negative: to pay. */
      net_fen: number;
      /** The amount that its merchants are owed for the period. */
      payable_fen: number;
      /** The number of merchants to be paid. */
      payouts: number;
    };
    SettlementPayment: {
      /** The id of a payment. */
      id: string;
      /** The id of a run. */
      run_id: string;
      fen: number;
      debtor: {
        /** The id of a community. */
        community_id: string;
        confirmed_at: string | null;
        confirmed_by: string | null;
        /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
        confirmed_by_name: string | null;
        /** The time at which its bank paid, or received. */
        booked_at: string | null;
        bank_reference: string | null;
      };
      creditor: {
        /** The id of a community. */
        community_id: string;
        confirmed_at: string | null;
        confirmed_by: string | null;
        /** Null: nobody, no officer, or an officer of an office whose register the caller does not keep. */
        confirmed_by_name: string | null;
        /** The time at which its bank paid, or received. */
        booked_at: string | null;
        bank_reference: string | null;
      };
      /** Escalated: not confirmed in time, so that the street office may confirm for a side that has not. */
      status: 'unconfirmed' | 'escalated' | 'confirmed' | 'settled';
    };
    SettlementRun: {
      /** The id of a run. */
      id: string;
      /** 1 for the first run. */
      number: number;
      /** A date of Asia/Shanghai. */
      from_day: string;
      /** The cut-off: the last business day that it settles. */
      through_day: string;
      state: 'open' | 'closed' | 'confirmed' | 'paid';
      /** RFC 3339, UTC. */
      opened_at: string;
      closed_at: string | null;
      /** The time by which both sides of every payment had confirmed it. */
      confirmed_at: string | null;
      /** The time by which every payment and every payout was booked. */
      paid_at: string | null;
      /** The amount that communities owed each other before netting. */
      gross_fen: number | null;
      /** The amount left to be paid after it. */
      net_fen: number | null;
      /** From when on the street office may confirm for a community that has not. */
      escalates_at: string | null;
      /** Confirmations that are missing: two a payment. */
      unconfirmed: number;
      /** Payments and payouts that are not booked. */
      unpaid: number;
      /** The amount that netting saves: gross less net. */
      saved_fen: number | null;
    };
    SettlementRunWithParties: {
      /** The id of a run. */
      id: string;
      /** 1 for the first run. */
      number: number;
      /** A date of Asia/Shanghai. */
      from_day: string;
      /** The cut-off: the last business day that it settles. */
      through_day: string;
      state: 'open' | 'closed' | 'confirmed' | 'paid';
      /** RFC 3339, UTC. */
      opened_at: string;
      closed_at: string | null;
      /** The time by which both sides of every payment had confirmed it. */
      confirmed_at: string | null;
      /** The time by which every payment and every payout was booked. */
      paid_at: string | null;
      /** The amount that communities owed each other before netting. */
      gross_fen: number | null;
      /** The amount left to be paid after it. */
      net_fen: number | null;
      /** From when on the street office may confirm for a community that has not. */
      escalates_at: string | null;
      /** Confirmations that are missing: two a payment. */
      unconfirmed: number;
      /** Payments and payouts that are not booked. */
      unpaid: number;
      /** The amount that netting saves: gross less net. */
      saved_fen: number | null;
      parties: components['schemas']['SettlementParty'][];
      left: components['schemas']['SettlementLeft'];
    };
    SignedIn: {
      /** The id of a session. */
      id: string;
      /** RFC 3339, UTC. */
      started_at: string;
      /** RFC 3339, UTC. */
      expires_at: string;
      kind: 'till' | 'officer' | 'resident' | 'machine';
      officer_id: string | null;
      resident_id: string | null;
      person_name: string;
      /** The name of the login; null: a resident, who has none. */
      login: string | null;
      /** Null: the street office. */
      community: {
        /** The id of a community. */
        id: string;
        name: string;
      } | null;
      merchant: {
        /** The id of a merchant. */
        id: string;
        name: string;
      } | null;
      store: {
        /** The id of a store. */
        id: string;
        name: string;
      } | null;
      scopes: string[];
      /** Whether the person must set a password of their own before anything else. */
      password_temporary: boolean;
      /** Whether the login has an authenticator app. */
      totp: boolean;
    };
    Store: {
      /** The id of a store. */
      id: string;
      /** The id of a merchant. */
      merchant_id: string;
      name: string;
      address: string | null;
      latitude: number | null;
      longitude: number | null;
    };
    StoreFound: {
      /** The id of a store. */
      id: string;
      name: string;
      merchant: {
        /** The id of a merchant. */
        id: string;
        name: string;
      };
      community: {
        /** The id of a community. */
        id: string;
        name: string;
      };
      address: string | null;
      latitude: number | null;
      longitude: number | null;
    };
    Terminal: {
      /** The id of a terminal. */
      id: string;
      /** The id of a store. */
      store_id: string;
      /** The id of a merchant. */
      merchant_id: string;
      name: string;
    };
    Till: {
      client: {
        /** The id of a client. */
        id: string;
        name: string;
        /** Until when the secret before the last rotation is good. */
        previous_secret_until: string | null;
      };
      merchant: {
        /** The id of a merchant. */
        id: string;
        name: string;
        status: 'active' | 'suspended';
      };
      /** The merchant's home community. */
      community: {
        /** The id of a community. */
        id: string;
        name: string;
      };
      /** The store that the client is bound to; null: any store of the merchant. */
      store: {
        /** The id of a store. */
        id: string;
        name: string;
      } | null;
      /** Where it may redeem, with the terminals that it may name: at most 500 stores, newest first. */
      stores: {
        /** The id of a store. */
        id: string;
        name: string;
        terminals: {
          /** The id of a terminal. */
          id: string;
          name: string;
        }[];
      }[];
      /** The policies in force that a till lives by. */
      policies: {
        code_validity: {
          seconds: number;
        };
        offline_window: {
          hours: number;
        };
        reversal_window: {
          hours: number;
        };
        redemption_cycles: {
          max: number;
        };
        cut_off: {
          hour: number;
        };
      };
      /** RFC 3339, UTC. */
      server_time: string;
    };
    TrialBalance: {
      /** Debits less credits over all accounts: 0 in each unit, or the books are wrong. Only with the first page of all accounts: null with a `cursor`, a `community` or a `kind`. */
      difference: {
        point: number;
        fen: number;
      } | null;
      /** By community and kind, over all accounts. Only with the first page of all accounts: null with a `cursor`, a `community` or a `kind`. */
      totals:
        | {
            community: string;
            kind:
              | 'issued'
              | 'wallet'
              | 'escrow'
              | 'redeemed'
              | 'expired'
              | 'clawback'
              | 'cost'
              | 'due-to'
              | 'due-from'
              | 'payable'
              | 'clearing'
              | 'fund'
              | 'bank';
            unit: 'point' | 'fen';
            /** The number of accounts. */
            accounts: number;
            /** The sum of the balances on the debit side. */
            debit: number;
            /** The sum of the balances on the credit side. */
            credit: number;
          }[]
        | null;
      accounts: {
        items: {
          account: string;
          community: string;
          kind:
            | 'issued'
            | 'wallet'
            | 'escrow'
            | 'redeemed'
            | 'expired'
            | 'clawback'
            | 'cost'
            | 'due-to'
            | 'due-from'
            | 'payable'
            | 'clearing'
            | 'fund'
            | 'bank';
          unit: 'point' | 'fen';
          side: 'debit' | 'credit';
          balance: number;
        }[];
        /** Send it as `cursor` to get the next page; null on the last page. */
        next_cursor: string | null;
      };
    };
    Voucher: {
      /** The id of a voucher. */
      id: string;
      /** The id of a resident. */
      resident_id: string;
      /** The id of an offer. */
      offer_id: string;
      kind: 'cash' | 'item';
      /** Points. */
      points: number;
      /** The amount that it takes off, in fen; fixed when it was issued. */
      face_fen: number;
      /** The merchant that redeems it; null: any. */
      merchant_id: string | null;
      /** RFC 3339, UTC. */
      issued_at: string;
      /** RFC 3339, UTC. */
      valid_until: string;
      redemption_id: string | null;
      /** The offer's. */
      title: string;
      merchant_name: string | null;
      /** The status of the merchant that redeems it. Suspended: no shop takes it and no code is shown for it, until the merchant is resumed. Null: any merchant. */
      merchant_status: 'active' | 'suspended' | null;
      status: 'issued' | 'redeemed' | 'cancelled' | 'expired' | 'suspended';
      /** The place of its redemption, while it is redeemed. */
      redemption: {
        /** RFC 3339, UTC. */
        redeemed_at: string;
        store_name: string;
        /** The merchant's home community. */
        community_id: string;
      } | null;
    };
    VoucherCancellation: {
      /** The id of a voucher. */
      voucher_id: string;
      points: number;
      /** RFC 3339, UTC. */
      cancelled_at: string;
      /** The id of an entry. */
      entry_id: string;
    };
    Wallet: {
      /** The id of a resident. */
      resident_id: string;
      /** The points that can be spent. */
      points: number;
      lots: {
        /** The id of a community. */
        community_id: string;
        /** The last day. */
        expires_on: string;
        points: number;
      }[];
    };
  };
}

export interface paths {
  '/oauth/token': {
    /** Get an access token */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/x-www-form-urlencoded': {
            grant_type: string;
            client_id?: string;
            client_secret?: string;
            /** The requested scopes, separated by spaces; default: all scopes of the client. */
            scope?: string;
          };
          'application/json': {
            grant_type: string;
            client_id?: string;
            client_secret?: string;
            /** The requested scopes, separated by spaces; default: all scopes of the client. */
            scope?: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              access_token: string;
              token_type: 'Bearer';
              /** Seconds. */
              expires_in: number;
              scope: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/sign-in-codes': {
    /** Send a one-time code to a phone */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** A mobile number of eleven digits, with or without +86; spaces and hyphens between them are left out. */
            phone: string;
          };
        };
      };
      responses: {
        202: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** RFC 3339, UTC. */
              expires_at: string;
              /** The time from which another code may be requested. */
              resend_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/sessions': {
    /** Sign in, by phone and code or by login and password */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** A mobile number of eleven digits, with or without +86; spaces and hyphens between them are left out. */
            phone?: string;
            /** The code that was sent to the phone. */
            code?: string;
            /** With a phone that was silent for 180 days: the name, as it was registered. */
            name?: string;
            /** The name of a login, instead of a phone. */
            login?: string;
            password?: string;
            /** The code of the authenticator app, if the login has one. */
            totp?: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SignedIn'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** My sessions, newest first */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Session'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/session': {
    /** The person who is signed in */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SignedIn'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/session/password': {
    /** Set another password; every other session of the login ends */
    put: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            current_password: string;
            /** 10 to 128 characters. */
            password: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SignedIn'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/session/totp': {
    /** Get the secret of an authenticator app */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** Base32, to be typed. */
              secret: string;
              /** To be shown as a QR code. */
              uri: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** Send the first code of the authenticator app; from now on every sign-in needs one */
    put: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** 6 digits; spaces and hyphens between them are left out. */
            code: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SignedIn'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/session/totp/removal': {
    /** Remove the authenticator app */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            password: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SignedIn'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/sessions/{id}/revocation': {
    /** End one of my sessions; ending the session of this request signs out */
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a session. */
              id: string;
              /** RFC 3339, UTC. */
              ended_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/communities': {
    /** Open a community */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The id of a community. */
            id: string;
            name: string;
            /** The statistical code (统计用区划代码). */
            code?: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Community'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** All communities, by id */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Community'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/community-names': {
    /** The communities in which somebody can register, by id */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: {
                /** The id of a community. */
                id: string;
                name: string;
              }[];
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/communities/{id}': {
    /** A community */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Community'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/communities/{id}/name': {
    /** Rename a community */
    put: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a community. */
              id: string;
              name: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents': {
    /** Register a resident */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name: string;
            /** A mobile number of eleven digits, with or without +86; spaces and hyphens between them are left out. */
            phone: string;
            /** The home community; default: the officer's own. */
            community_id?: string;
            consent: {
              /** On a signed sheet, or by word at the counter. */
              how: 'paper' | 'counter';
              /** The number of the signed sheet. */
              paper_number?: string;
              /** Whether the person is under 14: then a guardian consents. */
              under_14?: boolean;
              /** The name of the guardian who consents for a child under 14. */
              guardian?: string;
            };
            /** Why it is another person than the residents of the same name, in words. */
            different_person?: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Resident'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** The residents of a community */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; community_id?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Resident'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}': {
    /** A resident */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['ResidentWithConsents'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/status': {
    /** Suspend a resident, or let them earn and spend again */
    put: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            status: 'active' | 'suspended';
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a resident. */
              id: string;
              status: 'active' | 'suspended';
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/erasure-codes': {
    /** Send a code to my phone, with which I can request to be erased */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        202: { headers: Record<string, string>; content: { 'application/json': components['schemas']['CodesSent'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/erasures': {
    /** Request to be erased */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** 6 digits; spaces and hyphens between them are left out. */
            code: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Erasure'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/erasure': {
    /** My erasure, if I requested one */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              erasure: components['schemas']['Erasure'] | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/erasures/{id}/withdrawal': {
    /** Withdraw my erasure, and stay */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of an erasure. */
              id: string;
              /** RFC 3339, UTC. */
              withdrawn_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/erasures/{id}': {
    /** An erasure */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Erasure'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/erasures/{id}/withdrawal': {
    /** Withdraw a resident's erasure */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of an erasure. */
              id: string;
              /** RFC 3339, UTC. */
              withdrawn_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/lookup': {
    /** Find residents: of any community by phone; of a community by a part of the name, the end of the phone, or the household */
    post: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json':
            | {
                /** A mobile number of eleven digits, with or without +86; spaces and hyphens between them are left out. */
                phone: string;
              }
            | {
                /** A part of the name. */
                name: string;
                /** The id of a community. */
                community_id?: string;
              }
            | {
                /** The last four digits of the phone. */
                phone_end: string;
                /** The id of a community. */
                community_id?: string;
              }
            | {
                /** The id of a household. */
                household_id: string;
                /** The id of a community. */
                community_id?: string;
              }
            | {
                /** A resident whose household is sought. */
                household_of: string;
                /** The id of a community. */
                community_id?: string;
              };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json':
              | components['schemas']['KnownResident']
              | {
                  items: components['schemas']['Resident'][];
                  /** Send it as `cursor` to get the next page; null on the last page. */
                  next_cursor: string | null;
                };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/name': {
    /** Correct a resident's name */
    put: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name: string;
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a resident. */
              id: string;
              /** RFC 3339, UTC. */
              corrected_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/changes': {
    /** The changes of a resident's name, number and home, newest first */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['ResidentChange'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/phone-changes/lookup': {
    /** Find the change that took a number from its owner, if it may still be stopped */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The old number. */
            phone: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['PhoneChange'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/phone-changes/{id}/codes': {
    /** Send a code to the old number, to stop its change */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        202: { headers: Record<string, string>; content: { 'application/json': components['schemas']['CodesSent'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/phone-changes/{id}/stop': {
    /** Stop a change of a number */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The code that was sent to the old number. */
            code: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a phoneChange. */
              id: string;
              /** The id of a resident. */
              resident_id: string;
              /** RFC 3339, UTC. */
              stopped_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/move-codes': {
    /** Send a resident a code, to move to the officer's community */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        202: { headers: Record<string, string>; content: { 'application/json': components['schemas']['CodesSent'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/moves': {
    /** Make the officer's community a resident's home */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json':
            | {
                how: 'code';
                /** The code that was sent to the resident's number. */
                code: string;
              }
            | {
                how: 'counter';
                /** How the officer knows that the resident moves. */
                reason: string;
              };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a resident. */
              resident_id: string;
              /** The former home community. */
              from_id: string;
              /** The home community. */
              to_id: string;
              /** RFC 3339, UTC. */
              moved_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/households': {
    /** The households of a community */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; community_id?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['ListedHousehold'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** Found a household for its head at a counter */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The head. */
            resident_id: string;
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['NewHousehold'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/households/{id}': {
    /** A household, with everybody who is or was in it */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Household'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/household': {
    /** The household that a resident is in now */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** Null: none. */
              household: components['schemas']['Household'] | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/households/{id}/members': {
    /** Add a resident to a household at a counter */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The id of a resident. */
            resident_id: string;
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        201: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a household. */
              household_id: string;
              /** The id of a resident. */
              resident_id: string;
              /** RFC 3339, UTC. */
              since: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/households/{id}/hand-over': {
    /** Make another member the head */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The member who is the head from now on. */
            resident_id: string;
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a household. */
              household_id: string;
              /** The id of a resident. */
              head_id: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/households/{id}/ending': {
    /** End a household */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a household. */
              household_id: string;
              /** RFC 3339, UTC. */
              ended_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/household/leaving': {
    /** Take a resident out of the household that they are in */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a household. */
              household_id: string;
              /** The id of a resident. */
              resident_id: string;
              /** RFC 3339, UTC. */
              left_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/resident-lists/trial': {
    /** Try a list of people: what would become of each line */
    post: {
      parameters: { query?: { community_id?: string; consent_how?: 'paper' | 'counter' }; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'text/csv': string; 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string } };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['ResidentList'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/resident-lists': {
    /** Register the people of a list that was tried */
    post: {
      parameters: {
        query?: { community_id?: string; consent_how?: 'paper' | 'counter' };
        header: { 'x-content-sha256': string; 'Idempotency-Key': string };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { 'text/csv': string; 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string } };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['ResidentList'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/consents': {
    /** Record the consent of a resident who is registered already */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** On a signed sheet, or by word at the counter. */
            how: 'paper' | 'counter';
            /** The number of the signed sheet. */
            paper_number?: string;
            /** Whether the person is under 14: then a guardian consents. */
            under_14?: boolean;
            /** The name of the guardian who consents for a child under 14. */
            guardian?: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Consent'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/registrations/codes': {
    /** Send a one-time code to a phone, to register with */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** A mobile number of eleven digits, with or without +86; spaces and hyphens between them are left out. */
            phone: string;
          };
        };
      };
      responses: {
        202: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** RFC 3339, UTC. */
              expires_at: string;
              /** The time from which another code may be requested. */
              resend_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/registrations': {
    /** Register oneself, on the phone that the code was sent to */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name: string;
            /** A mobile number of eleven digits, with or without +86; spaces and hyphens between them are left out. */
            phone: string;
            /** The code that was sent to the phone. */
            code: string;
            /** The id of a community. */
            community_id: string;
            consent: {
              /** The version of the privacy notice that was shown and agreed to. */
              notice_version: number;
              /** The person says that they are at least 14: a younger one is registered by a guardian. */
              aged_14: true;
            };
          };
        };
      };
      responses: {
        201: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a resident. */
              id: string;
              status: 'unconfirmed';
              /** RFC 3339, UTC. */
              registered_at: string;
              session: components['schemas']['SignedIn'];
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** The registrations that wait for an officer */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; community_id?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Registration'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/registrations/{resident_id}/confirmation': {
    /** Confirm that a registration is right */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { resident_id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Why it is another person than the residents of the same name, in words. */
            different_person?: string;
          } | null;
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a resident. */
              resident_id: string;
              status: 'active';
              /** RFC 3339, UTC. */
              decided_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/registrations/{resident_id}/decline': {
    /** Decline a registration */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { resident_id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a resident. */
              resident_id: string;
              status: 'declined';
              /** RFC 3339, UTC. */
              decided_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/same-person-questions': {
    /** The questions whether two registrations belong to one person */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; community_id?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['SamePersonQuestion'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/same-person-questions/{resident_id}/{other_id}': {
    /** Say whether two registrations belong to one person */
    put: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { resident_id: string; other_id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            same: boolean;
            /** Why, in words. */
            answer: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a resident. */
              resident_id: string;
              /** The id of a resident. */
              other_id: string;
              same: boolean;
              /** RFC 3339, UTC. */
              answered_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/wallet': {
    /** A resident's points, by issuer and expiry */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Wallet'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/statement': {
    /** Every movement of a resident's wallet, newest first */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Movement'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/merchants': {
    /** Register a merchant */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name: string;
            /** The home community; default: the officer's own. */
            community_id?: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Merchant'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** Merchants of all communities, or of one */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; community_id?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Merchant'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/merchants/{id}': {
    /** A merchant and its stores */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['MerchantWithStores'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/merchants/{id}/status': {
    /** Suspend a merchant, or let its tills redeem again */
    put: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            status: 'active' | 'suspended';
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a merchant. */
              id: string;
              status: 'active' | 'suspended';
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/merchants/{id}/stores': {
    /** Add a store to a merchant */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name: string;
            /** Its place, in words. */
            address?: string;
            /** Degrees north, WGS 84, at most 6 decimals. */
            latitude?: number;
            /** Degrees east, WGS 84, at most 6 decimals. */
            longitude?: number;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Store'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** A merchant's stores */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Store'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/stores/{id}': {
    /** A store */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Store'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/stores': {
    /** Stores where vouchers are redeemed */
    get: {
      parameters: {
        query?: { limit?: number; cursor?: string; community_id?: string; merchant_id?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['StoreFound'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/stores/{id}/place': {
    /** Set the place of a store */
    put: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            address: string | null;
            latitude: number | null;
            longitude: number | null;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Store'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/stores/{id}/terminals': {
    /** Add a terminal to a store */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Terminal'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** A store's terminals */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Terminal'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/terminals/{id}': {
    /** A terminal */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Terminal'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/officers': {
    /** The officers of the caller's own office, or, for the street office, of a community */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; community_id?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Officer'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/officers/{id}': {
    /** An officer */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Officer'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/officers/me/person': {
    /** The statement about me as a resident */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['OfficersPerson'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** Confirm for another year what is stated about me as a resident */
    put: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The statement as it stands: the resident, or null for none. */
            resident_id: string | null;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of an officer. */
              officer_id: string;
              /** RFC 3339, UTC. */
              stated_until: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/clients': {
    /** Make a credential for a till, a resident or another machine */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json':
            | {
                kind: 'till';
                /** Its name in lists: the till at the door, the office computer. */
                name: string;
                /** Default: all scopes of its kind. */
                scopes?: (
                  | 'vouchers:inspect'
                  | 'vouchers:read'
                  | 'vouchers:write'
                  | 'redemptions:read'
                  | 'redemptions:write'
                  | 'reconciliations:read'
                  | 'residents:read'
                  | 'residents:write'
                  | 'merchants:read'
                  | 'merchants:write'
                  | 'rules:read'
                  | 'rules:write'
                  | 'grants:read'
                  | 'grants:write'
                  | 'offers:read'
                  | 'offers:write'
                  | 'proposals:read'
                  | 'proposals:write'
                  | 'officers:read'
                  | 'clients:read'
                  | 'clients:write'
                  | 'communities:read'
                  | 'communities:write'
                  | 'policies:read'
                  | 'positions:read'
                  | 'settlements:read'
                  | 'settlements:write'
                  | 'limits:read'
                  | 'funds:read'
                  | 'funds:write'
                  | 'ledger:read'
                  | 'me:read'
                  | 'me:write'
                )[];
                /** The id of a merchant. */
                merchant_id: string;
                /** Default: any store of the merchant. */
                store_id?: string;
              }
            | {
                kind: 'resident';
                /** Its name in lists: the till at the door, the office computer. */
                name: string;
                /** Default: all scopes of its kind. */
                scopes?: (
                  | 'vouchers:inspect'
                  | 'vouchers:read'
                  | 'vouchers:write'
                  | 'redemptions:read'
                  | 'redemptions:write'
                  | 'reconciliations:read'
                  | 'residents:read'
                  | 'residents:write'
                  | 'merchants:read'
                  | 'merchants:write'
                  | 'rules:read'
                  | 'rules:write'
                  | 'grants:read'
                  | 'grants:write'
                  | 'offers:read'
                  | 'offers:write'
                  | 'proposals:read'
                  | 'proposals:write'
                  | 'officers:read'
                  | 'clients:read'
                  | 'clients:write'
                  | 'communities:read'
                  | 'communities:write'
                  | 'policies:read'
                  | 'positions:read'
                  | 'settlements:read'
                  | 'settlements:write'
                  | 'limits:read'
                  | 'funds:read'
                  | 'funds:write'
                  | 'ledger:read'
                  | 'me:read'
                  | 'me:write'
                )[];
                /** The id of a resident. */
                resident_id: string;
              }
            | {
                kind: 'machine';
                /** Its name in lists: the till at the door, the office computer. */
                name: string;
                /** Default: all scopes of its kind. */
                scopes?: (
                  | 'vouchers:inspect'
                  | 'vouchers:read'
                  | 'vouchers:write'
                  | 'redemptions:read'
                  | 'redemptions:write'
                  | 'reconciliations:read'
                  | 'residents:read'
                  | 'residents:write'
                  | 'merchants:read'
                  | 'merchants:write'
                  | 'rules:read'
                  | 'rules:write'
                  | 'grants:read'
                  | 'grants:write'
                  | 'offers:read'
                  | 'offers:write'
                  | 'proposals:read'
                  | 'proposals:write'
                  | 'officers:read'
                  | 'clients:read'
                  | 'clients:write'
                  | 'communities:read'
                  | 'communities:write'
                  | 'policies:read'
                  | 'positions:read'
                  | 'settlements:read'
                  | 'settlements:write'
                  | 'limits:read'
                  | 'funds:read'
                  | 'funds:write'
                  | 'ledger:read'
                  | 'me:read'
                  | 'me:write'
                )[];
                /** Default: the officer's own community; for the street office, the whole scheme. */
                community_id?: string;
              };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['ClientWithSecret'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** The clients of the caller's own office, or, for the street office, of a community */
    get: {
      parameters: {
        query?: { limit?: number; cursor?: string; community_id?: string; kind?: 'till' | 'officer' | 'resident' | 'machine' };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Client'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/clients/{id}': {
    /** A client */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Client'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/clients/{id}/rotation': {
    /** Give a client a new secret; the old one stays good for a day */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Rotate although the last rotation was less than a day ago: the secret before it ends at once. Default: false. */
            force?: boolean;
          } | null;
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a client. */
              id: string;
              /** Shown only in this answer and its replays. */
              client_secret: string;
              /** Until when the secret before this one is good. */
              previous_secret_until: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/clients/{id}/revocation': {
    /** End a credential for good */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a client. */
              id: string;
              status: 'revoked';
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/logins': {
    /** Make a login for a cashier */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The name that is typed at sign-in; never given to another login. */
            name: string;
            person_name: string;
            /** The id of a merchant. */
            merchant_id: string;
            /** Default: any store of the merchant. */
            store_id?: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['LoginWithPassword'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** The logins of the caller's own office, or, for the street office, of a community */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; community_id?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Login'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/logins/{id}': {
    /** A login */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Login'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/logins/{id}/password-reset': {
    /** Give a cashier's login a new password: it is unlocked, its sessions end, and its authenticator app is removed */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a login. */
              id: string;
              /** Shown only in this answer and its replays. Its owner must set another password before anything else. */
              temporary_password: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/logins/{id}/revocation': {
    /** End a login and its sessions */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a login. */
              id: string;
              status: 'ended';
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/action-rules': {
    /** Add an action rule */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name: string;
            per: 'hour' | 'event';
            /** For one hour or one event; for a commendation, the maximum. */
            points: number;
            /** Points that a resident may earn by the rule in that time; if it is left out there is no cap. */
            cap_day?: number | null;
            /** Points that a resident may earn by the rule in that time; if it is left out there is no cap. */
            cap_month?: number | null;
            /** Points that a resident may earn by the rule in that time; if it is left out there is no cap. */
            cap_year?: number | null;
            /** The first day of the deeds that it covers. */
            valid_from: string;
            /** The last day of the deeds that it covers; if it is left out there is no end. */
            valid_until?: string | null;
            class: 'volunteer' | 'deliberation' | 'civility' | 'commendation';
            /** Default: the officer's own. */
            community_id?: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['ActionRuleVersion'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** The action rules of the caller's own community, or of another */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; community_id?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['ActionRuleVersion'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/action-rules/{id}/versions': {
    /** Change an action rule from a day on */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name: string;
            per: 'hour' | 'event';
            /** For one hour or one event; for a commendation, the maximum. */
            points: number;
            /** Points that a resident may earn by the rule in that time; if it is left out there is no cap. */
            cap_day?: number | null;
            /** Points that a resident may earn by the rule in that time; if it is left out there is no cap. */
            cap_month?: number | null;
            /** Points that a resident may earn by the rule in that time; if it is left out there is no cap. */
            cap_year?: number | null;
            /** The first day of the deeds that it covers. */
            valid_from: string;
            /** The last day of the deeds that it covers; if it is left out there is no end. */
            valid_until?: string | null;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['ActionRuleVersion'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/action-rules/{id}': {
    /** An action rule with all its versions */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['ActionRule'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/grants': {
    /** Grant points for a deed */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The id of a rule. */
            action_rule_id: string;
            /** The id of a resident. */
            resident_id: string;
            /** Hours or events, by the rule. */
            quantity?: number;
            /** The day of the deed. */
            occurred_on: string;
            /** A description of the deed. */
            description: string;
            /** The community's own reference for the deed: it counts once, for ever. Upper and lower case and full width make no difference. */
            external_reference?: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Granted'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** The grants of the caller's own community, newest first */
    get: {
      parameters: {
        query?: { limit?: number; cursor?: string; resident_id?: string; community_id?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Grant'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/grants/{id}': {
    /** A grant */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Grant'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/grants/{id}/reversals': {
    /** Take a grant back while all of its points are in the wallet */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['GrantReversal'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/grants/preview': {
    /** Preview a grant before it is made */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The id of a rule. */
            action_rule_id: string;
            /** The id of a resident. */
            resident_id: string;
            /** Hours or events, by the rule. */
            quantity?: number;
            /** The day of the deed. */
            occurred_on: string;
            /** A description of the deed. */
            description: string;
            /** The community's own reference for the deed: it counts once, for ever. Upper and lower case and full width make no difference. */
            external_reference?: string;
            /** For a commendation, which is at discretion; left out for all other grants. */
            points?: number;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['GrantPreview'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/grant-batches': {
    /** Grant points for up to 1000 deeds */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            items: {
              /** The id of a rule. */
              action_rule_id: string;
              /** The id of a resident. */
              resident_id: string;
              /** Hours or events, by the rule. */
              quantity?: number;
              /** The day of the deed. */
              occurred_on: string;
              /** A description of the deed. */
              description: string;
              /** The community's own reference for the deed: it counts once, for ever. Upper and lower case and full width make no difference. */
              external_reference: string;
            }[];
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: {
                /** The item's own reference; null if it has none. */
                external_reference: string | null;
                status: 'granted' | 'refused';
                grant: components['schemas']['Granted'] | null;
                problem: components['schemas']['ItemProblem'] | null;
              }[];
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/grant-lists/{id}': {
    /** An approved list of grants, with the outcome of each row */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['GrantList'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/grant-list-previews': {
    /** Preview a list of grants, and which way it goes */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            rows: {
              /** The id of a rule. */
              action_rule_id: string;
              /** The id of a resident. */
              resident_id: string;
              /** Hours or events, by the rule. */
              quantity?: number;
              /** The day of the deed. */
              occurred_on: string;
              /** A description of the deed. */
              description: string;
              /** The community's own reference for the deed: it counts once, for ever. Upper and lower case and full width make no difference. */
              external_reference: string;
              /** For a commendation, which is at discretion; left out for all other grants. */
              points?: number;
            }[];
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['GrantListPreview'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/proposals': {
    /** Propose a command that takes two officers */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json':
            | {
                command: 'grant';
                input: {
                  /** The id of a rule. */
                  action_rule_id: string;
                  /** The id of a resident. */
                  resident_id: string;
                  /** Hours or events, by the rule. */
                  quantity?: number;
                  /** The day of the deed. */
                  occurred_on: string;
                  /** A description of the deed. */
                  description: string;
                  /** The community's own reference for the deed: it counts once, for ever. Upper and lower case and full width make no difference. */
                  external_reference?: string;
                  /** For a commendation: the points, up to the rule's. */
                  points?: number;
                };
                /** The reason. */
                reason: string;
              }
            | {
                command: 'grant_list';
                input: {
                  rows: {
                    /** The id of a rule. */
                    action_rule_id: string;
                    /** The id of a resident. */
                    resident_id: string;
                    /** Hours or events, by the rule. */
                    quantity?: number;
                    /** The day of the deed. */
                    occurred_on: string;
                    /** A description of the deed. */
                    description: string;
                    /** The community's own reference for the deed: it counts once, for ever. Upper and lower case and full width make no difference. */
                    external_reference: string;
                    /** For a commendation, which is at discretion; left out for all other grants. */
                    points?: number;
                  }[];
                };
                /** The reason. */
                reason: string;
              }
            | {
                command: 'clawback';
                input: {
                  /** A grant of the officer's own community, however much of it is spent. */
                  grant_id: string;
                };
                /** The reason why the grant was wrong. */
                reason: string;
              }
            | {
                command: 'phone';
                input: {
                  /** A resident of the officer's own community, who no longer has the old number. */
                  resident_id: string;
                  /** The new number. */
                  phone: string;
                };
                /** How the officers know that it is the resident, and why there is no code of the old number. */
                reason: string;
              }
            | {
                command: 'erasure';
                input: {
                  /** A resident of the officer's own community, who asked for it. */
                  resident_id: string;
                };
                /** The reason. */
                reason: string;
              }
            | {
                command: 'policy';
                input:
                  | {
                      name: 'rate';
                      value: {
                        points: number;
                        fen: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'voucher_validity';
                      value: {
                        days: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'lot_validity';
                      value: {
                        years: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'reversal_window';
                      value: {
                        hours: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'grant_backdating';
                      value: {
                        days: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'exposure_limit';
                      value: {
                        points: number;
                        communities?: Record<string, number>;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'proposal_validity';
                      value: {
                        hours: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'calendar';
                      value: {
                        off: string[];
                        on: string[];
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'grant_alone';
                      value: {
                        points: number;
                        points_day: number;
                        points_resident_month: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'code_validity';
                      value: {
                        seconds: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'offline_window';
                      value: {
                        hours: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'redemption_cycles';
                      value: {
                        max: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'cut_off';
                      value: {
                        hour: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'fund';
                      value: {
                        required: boolean;
                        warn_percents?: number[];
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'position_limit';
                      value: {
                        fen: number | null;
                        pairs?: Record<string, number>;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    }
                  | {
                      name: 'confirmation';
                      value: {
                        days: number;
                      };
                      /** Default: as soon as it is approved. */
                      effective_from?: string;
                    };
                /** The reason. */
                reason: string;
              }
            | {
                command: 'officer';
                input: {
                  name: string;
                  /** The community that the officer will act for; null: the street office. */
                  community_id: string | null;
                  /** The resident who the officer is; null: none. An officer never grants to oneself or to the own household. */
                  resident_id: string | null;
                };
                /** The reason. */
                reason: string;
              }
            | {
                command: 'officer_person';
                input: {
                  /** The id of an officer. */
                  officer_id: string;
                  /** The resident who the officer is; null: none. An officer never grants to oneself or to the own household. */
                  resident_id: string | null;
                };
                /** The reason. */
                reason: string;
              }
            | {
                command: 'credential';
                input: {
                  /** The id of an officer. */
                  officer_id: string;
                  /** Its name in lists: the till at the door, the office computer. */
                  name: string;
                  /** Default: all scopes of its kind. */
                  scopes?: (
                    | 'vouchers:inspect'
                    | 'vouchers:read'
                    | 'vouchers:write'
                    | 'redemptions:read'
                    | 'redemptions:write'
                    | 'reconciliations:read'
                    | 'residents:read'
                    | 'residents:write'
                    | 'merchants:read'
                    | 'merchants:write'
                    | 'rules:read'
                    | 'rules:write'
                    | 'grants:read'
                    | 'grants:write'
                    | 'offers:read'
                    | 'offers:write'
                    | 'proposals:read'
                    | 'proposals:write'
                    | 'officers:read'
                    | 'clients:read'
                    | 'clients:write'
                    | 'communities:read'
                    | 'communities:write'
                    | 'policies:read'
                    | 'positions:read'
                    | 'settlements:read'
                    | 'settlements:write'
                    | 'limits:read'
                    | 'funds:read'
                    | 'funds:write'
                    | 'ledger:read'
                    | 'me:read'
                    | 'me:write'
                  )[];
                };
                /** The reason. */
                reason: string;
              }
            | {
                command: 'login';
                input: {
                  /** The id of an officer. */
                  officer_id: string;
                  /** The name that is typed at sign-in; never given to another login. */
                  name: string;
                };
                /** The reason. */
                reason: string;
              }
            | {
                command: 'successor';
                input: {
                  /** The community that is succeeded. */
                  community_id: string;
                  /** The community that succeeds it. */
                  successor_id: string;
                  /** The first business day whose redemptions the successor bears and pays; not before tomorrow. */
                  effective_from: string;
                };
                /** The reason. */
                reason: string;
              }
            | {
                command: 'adjustment';
                input: {
                  /** The wrong entry: that of a redemption or its reversal, or the one that an earlier adjustment has put in its place. */
                  entry_id: string;
                  /** The right amounts; null: nothing should have been booked. */
                  right: {
                    /** The merchant to be paid. */
                    merchant_id: string;
                    shares: {
                      /** The community that bears the share. */
                      community_id: string;
                      /** Fen: 1/100 yuan. */
                      fen: number;
                    }[];
                  } | null;
                };
                /** The reason. */
                reason: string;
              };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Proposal'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** The proposals of the caller's own office, newest first */
    get: {
      parameters: {
        query?: { limit?: number; cursor?: string; status?: 'open' | 'approved' | 'declined' | 'lapsed'; resident_id?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Proposal'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/proposals/{id}': {
    /** A proposal */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Proposal'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/proposals/{id}/approval': {
    /** Approve a proposal of another officer, and carry it out */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason?: string;
            /** For a `grant_list`, which is refused without: the hash and the points that the proposal shows. */
            acknowledged?: {
              hash: string;
              points: number;
            };
          } | null;
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a proposal. */
              id: string;
              /** The id of an officer. */
              decided_by: string;
              /** RFC 3339, UTC. */
              decided_at: string;
              status: 'approved';
              result:
                | components['schemas']['ApprovedGrant']
                | components['schemas']['ApprovedGrantList']
                | components['schemas']['ApprovedClawBack']
                | components['schemas']['ApprovedPhone']
                | components['schemas']['ApprovedErasure']
                | components['schemas']['ApprovedPolicy']
                | components['schemas']['ApprovedOfficer']
                | components['schemas']['ApprovedOfficerPerson']
                | components['schemas']['ApprovedCredential']
                | components['schemas']['ApprovedLogin']
                | components['schemas']['ApprovedSuccessor']
                | components['schemas']['ApprovedAdjustment'];
              /** Shown only in this answer and its replays. */
              client_secret?: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/proposals/{id}/decline': {
    /** Decline a proposal, or withdraw your own */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a proposal. */
              id: string;
              /** The id of an officer. */
              decided_by: string;
              /** RFC 3339, UTC. */
              decided_at: string;
              status: 'declined';
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/policies': {
    /** All policies: in force, and future versions */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Policy'][];
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/policies/{name}': {
    /** Every version of a policy, newest first */
    get: {
      parameters: {
        query?: { limit?: number; cursor?: string };
        header?: never;
        path: {
          name:
            | 'rate'
            | 'voucher_validity'
            | 'lot_validity'
            | 'reversal_window'
            | 'grant_backdating'
            | 'exposure_limit'
            | 'proposal_validity'
            | 'calendar'
            | 'grant_alone'
            | 'code_validity'
            | 'offline_window'
            | 'redemption_cycles'
            | 'cut_off'
            | 'fund'
            | 'position_limit'
            | 'confirmation';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['PolicyVersion'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/limits': {
    /** How much communities may grant, with the parts of each limit */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Limit'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/figures': {
    /** Points granted, spent and expired, by day or month */
    get: {
      parameters: {
        query?: { by?: 'day' | 'month'; from?: string; to?: string; community_id?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['FiguresByPeriod'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/funds/{community_id}/contributions': {
    /** Book a contribution to a community's fund */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { community_id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Fen: 1/100 yuan. */
            fen: number;
            /** The bank's reference of the movement: it counts once for each community, for ever. */
            bank_reference: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Contribution'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/funds/{community_id}': {
    /** A community's fund */
    get: {
      parameters: { query?: never; header?: never; path: { community_id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Fund'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/funds/{community_id}/movements': {
    /** The movements on a community's bank account, newest first */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path: { community_id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['BankMovement'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/till': {
    /** The till that asks: its store, terminals and policies, and the time here */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Till'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/till/rotation': {
    /** Give the till that asks a new secret; the old one stays good for a day */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The newest secret of this till. */
            client_secret: string;
            /** Rotate although the last rotation was less than a day ago: the secret before it ends at once. Default: false. */
            force?: boolean;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a client. */
              id: string;
              /** Shown only in this answer and its replays. */
              client_secret: string;
              /** Until when the secret before this one is good. */
              previous_secret_until: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/vouchers/inspect': {
    /** Inspect a voucher before it is redeemed */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The 18 digits that the resident shows; spaces and hyphens between them are left out. */
            code: string;
            /** The terminal that asks: wrong codes are counted by it. */
            terminal_id?: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Inspection'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/redemptions': {
    /** Redeem a voucher */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The 18 digits that the resident shows; spaces and hyphens between them are left out. */
            code: string;
            /** The PIN of a paper voucher, which is good only with it. */
            pin?: string;
            /** Required if the client is bound to no store. */
            store_id?: string;
            /** The terminal that asks: wrong codes and PINs are counted by it. */
            terminal_id?: string;
            /** The till's own number of the order. It must be unique in its store and order day, which begins at 04:00 Asia/Shanghai, but for vouchers on the same order: all of them count on one order amount. Upper and lower case and full width make no difference. The time at which the code was shown decides the day, also of a redemption that is forwarded later. */
            order_no: string;
            /** The amount of the order before the voucher; required for a cash voucher. */
            order_amount_fen?: number;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Redemption'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** The outcome of a request number, or the redemptions of a store and day */
    get: {
      parameters: {
        query?: { limit?: number; cursor?: string; request_no?: string; store_id?: string; day?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['RedemptionRequest'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/redemptions/{id}': {
    /** A redemption */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Redemption'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/redemptions/{id}/reversals': {
    /** Reverse a redemption */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Reversal'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/redemption-voids': {
    /** Make sure that a request number never counts */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The caller's number for an attempt: the Idempotency-Key with which it was sent. */
            request_no: string;
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['RedemptionVoid'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/redemption-batches': {
    /** Forward redemptions that were stored while offline */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The time of this sending by the till's clock, by which `presented_at` was taken: set it anew whenever the batch is sent again. It is no part of an item's input. */
            sent_at?: string;
            items: {
              /** The 18 digits that the resident shows; spaces and hyphens between them are left out. */
              code: string;
              /** The PIN of a paper voucher, which is good only with it. */
              pin?: string;
              /** Required if the client is bound to no store. */
              store_id?: string;
              /** The terminal that asks: wrong codes and PINs are counted by it. */
              terminal_id?: string;
              /** The till's own number of the order. It must be unique in its store and order day, which begins at 04:00 Asia/Shanghai, but for vouchers on the same order: all of them count on one order amount. Upper and lower case and full width make no difference. The time at which the code was shown decides the day, also of a redemption that is forwarded later. */
              order_no: string;
              /** The amount of the order before the voucher; required for a cash voucher. */
              order_amount_fen?: number;
              /** The caller's number for an attempt: the Idempotency-Key with which it was sent. */
              request_no: string;
              /** The time at which the code was shown: at most 24 hours ago, by the policy. */
              presented_at: string;
            }[];
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: {
                /** The item's own; null if it has none that can be read. */
                request_no: string | null;
                status: 'succeeded' | 'refused';
                redemption: components['schemas']['Redemption'] | null;
                refusal: components['schemas']['ItemProblem'] | null;
              }[];
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/reconciliations/{date}': {
    /** A merchant's business day */
    get: {
      parameters: { query?: { format?: 'json' | 'csv' }; header?: never; path: { date: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: { 'application/json': components['schemas']['Reconciliation']; 'text/csv': string };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/reconciliations/{date}/diff': {
    /** Compare a merchant's business day with the till's own book */
    post: {
      parameters: { query?: never; header?: never; path: { date: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            lines: {
              kind?: 'redemption' | 'reversal';
              /** The request number of the redemption; on a reversal's line that of the redemption that was reversed. */
              request_no: string;
              /** Fen: 1/100 yuan. For a reversal with or without a minus. */
              fen: number;
              /** The till's own number of the order. It must be unique in its store and order day, which begins at 04:00 Asia/Shanghai, but for vouchers on the same order: all of them count on one order amount. Upper and lower case and full width make no difference. The time at which the code was shown decides the day, also of a redemption that is forwarded later. */
              order_no?: string;
              /** The id of a redemption. */
              redemption_id?: string;
              /** If the till is bound to a store, lines of other stores are ignored. */
              store_id?: string;
            }[];
          };
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['ReconciliationDifference'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/positions': {
    /** Positions between communities */
    get: {
      parameters: {
        query?: { from?: string; through?: string; by?: 'range' | 'day'; community_id?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Positions'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/positions/redemptions': {
    /** The redemptions behind a position */
    get: {
      parameters: {
        query: { limit?: number; cursor?: string; issuer: string; acquirer: string; business_day: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['PositionLine'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/positions/redemptions/{id}/grants': {
    /** The grants behind a redemption */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['GrantBehind'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs': {
    /** Open a settlement run */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** A date of Asia/Shanghai. */
            through_day: string;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SettlementRun'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** Settlement runs, newest first */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['SettlementRun'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}': {
    /** A settlement run and its communities */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SettlementRunWithParties'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/close': {
    /** Close a settlement run */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SettlementRun'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/payouts': {
    /** The payouts to merchants for a run */
    get: {
      parameters: {
        query?: { limit?: number; cursor?: string; community_id?: string; state?: 'due' | 'paid' | 'failed' | 'carried' };
        header?: never;
        path: { id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Payout'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/payouts/{payout_id}/carry': {
    /** Carry a payout that the bank refused */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string; payout_id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Payout'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/positions': {
    /** The positions of a run */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['SettledPosition'][];
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/positions/{counterparty_id}/dispute': {
    /** Dispute a position with another community */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string; counterparty_id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a run. */
              run_id: string;
              /** The id of a community. */
              community_id: string;
              /** The id of a community. */
              counterparty_id: string;
              /** RFC 3339, UTC. */
              at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/positions/{counterparty_id}/resolution': {
    /** Record how a dispute ended */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string; counterparty_id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The community whose dispute it is; a community leaves it out for its own. */
            community_id?: string;
            resolution: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a run. */
              run_id: string;
              /** The id of a community. */
              community_id: string;
              /** The id of a community. */
              counterparty_id: string;
              /** RFC 3339, UTC. */
              at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/payments': {
    /** The net payments of a run */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['SettlementPayment'][];
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-payments/{id}': {
    /** A net payment */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SettlementPayment'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-payments/{id}/confirmation': {
    /** Confirm a net payment */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SettlementPayment'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-payments/{id}/made': {
    /** Book that the payment was made */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The bank's reference of this movement on this community's account. Upper and lower case and full width make no difference. */
            bank_reference: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SettlementPayment'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-payments/{id}/received': {
    /** Book that the payment was received */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The bank's reference of this movement on this community's account. Upper and lower case and full width make no difference. */
            bank_reference: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['SettlementPayment'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/statements/communities/{community_id}': {
    /** A community's statement of a run */
    get: {
      parameters: {
        query?: { format?: 'json' | 'csv' | 'html' };
        header?: never;
        path: { id: string; community_id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: { 'application/json': components['schemas']['CommunityStatement']; 'text/csv': string; 'text/html': string };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/statements/merchants/{merchant_id}': {
    /** A merchant's statement of a run */
    get: {
      parameters: {
        query?: { format?: 'json' | 'csv' | 'html'; community_id?: string };
        header?: never;
        path: { id: string; merchant_id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: { 'application/json': components['schemas']['MerchantStatement']; 'text/csv': string; 'text/html': string };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/statements/own': {
    /** The merchant's own statement of a settlement run */
    get: {
      parameters: {
        query?: { format?: 'json' | 'csv' | 'html'; community_id?: string };
        header?: never;
        path: { id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: { 'application/json': components['schemas']['MerchantStatement']; 'text/csv': string; 'text/html': string };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/payout-file': {
    /** The payout file of a community, for its bank */
    get: {
      parameters: { query?: { community_id?: string }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'text/csv': string } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/settlement-runs/{id}/payout-results': {
    /** Import the bank's answer to a payout file */
    post: {
      parameters: {
        query?: never;
        header: { 'x-content-sha256': string; 'Idempotency-Key': string };
        path: { id: string };
        cookie?: never;
      };
      requestBody: { content: { 'text/csv': string } };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['PayoutResults'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/adjustments': {
    /** Adjustments, by the entries that they correct, newest first */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Adjustment'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/data': {
    /** Everything that is held about me */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a resident. */
              resident_id: string;
              /** RFC 3339, UTC. */
              made_at: string;
              /** Masked. */
              phone: string;
              /** The Chinese names of the tables, the columns and the fixed words in them. */
              words: {
                tables: Record<string, string>;
                columns: Record<string, string>;
                values: Record<string, string>;
              };
              tables: {
                table: string;
                rows: Record<string, unknown>[];
              }[];
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/list-exports': {
    /** Take a list of one's own community out of the service, as CSV */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            what: 'residents';
            /** Why names and phones are needed in full. */
            reason?: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'text/csv': string } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** The lists that officers took out of the service */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; community_id?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['ListExport'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/blanked-texts': {
    /** Empty a text that names somebody */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            table:
              | 'resident'
              | 'samePerson'
              | 'nameCorrection'
              | 'residentMove'
              | 'householdMember'
              | 'listExport'
              | 'merchant'
              | 'session'
              | 'proposal'
              | 'grant'
              | 'offer'
              | 'voucher'
              | 'redemptionReversal'
              | 'settlementPosition'
              | 'payout'
              | 'adjustment';
            /** Each part of the key, in order. */
            key: string[];
            column:
              | 'answer'
              | 'decision_reason'
              | 'description'
              | 'device'
              | 'dispute_reason'
              | 'failure'
              | 'reason'
              | 'resolution'
              | 'reversal_reason'
              | 'state_reason'
              | 'status_reason';
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              table: string;
              key: string;
              column: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me': {
    /** My own data */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Me'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/wallet': {
    /** My points */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Wallet'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/statement': {
    /** Every movement of my points */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Movement'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/months': {
    /** The points that I earned and spent, month by month */
    get: {
      parameters: { query?: { months?: number }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Month'][];
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/vouchers': {
    /** My vouchers */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Voucher'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** Turn points into a voucher */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The id of an offer. */
            offer_id: string;
            /** The number of multiples of a cash offer; 1 for an item. */
            quantity?: number;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Voucher'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/vouchers/{id}': {
    /** One of my vouchers */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Voucher'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/vouchers/{id}/codes': {
    /** Show a code at a till */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Code'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/vouchers/{id}/cancellation': {
    /** Cancel a voucher and get its points back */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['VoucherCancellation'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/phone-codes': {
    /** Send codes to my old and to a new number, to change it */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The new number. */
            phone: string;
          };
        };
      };
      responses: {
        202: { headers: Record<string, string>; content: { 'application/json': components['schemas']['CodesSent'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/phone': {
    /** Change my number, by a code of the old and one of the new */
    put: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The new number. */
            phone: string;
            /** The code that was sent to the old number. */
            code: string;
            /** The code that was sent to the new number. */
            new_code: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** Masked: 138****5678. */
              phone: string;
              /** RFC 3339, UTC. */
              changed_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/household': {
    /** The household that I am in */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** Null: none. */
              household: components['schemas']['MyHousehold'] | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** Found a household */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['NewHousehold'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/household/codes': {
    /** Show a code with which others join my household */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['HouseholdCode'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/household/joining': {
    /** Join a household with the code of its head */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The 8 characters that the head shows: upper or lower case, also in full width; spaces and hyphens are left out. */
            code: string;
          };
        };
      };
      responses: {
        201: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a household. */
              household_id: string;
              /** The id of a resident. */
              resident_id: string;
              /** RFC 3339, UTC. */
              since: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/household/leaving': {
    /** Leave my household */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a household. */
              household_id: string;
              /** The id of a resident. */
              resident_id: string;
              /** RFC 3339, UTC. */
              left_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/household/hand-over': {
    /** Make another member the head of my household */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The member who is the head from now on. */
            resident_id: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a household. */
              household_id: string;
              /** The id of a resident. */
              head_id: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/household/ending': {
    /** End my household */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a household. */
              household_id: string;
              /** RFC 3339, UTC. */
              ended_at: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/messages': {
    /** My messages */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; after?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Message'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/me/vouchers/{id}/events': {
    /** Events of one of my vouchers */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'text/event-stream': string } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/residents/{id}/vouchers': {
    /** A resident's vouchers */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Voucher'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** Issue a voucher on a resident's behalf */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The id of an offer. */
            offer_id: string;
            /** The number of multiples of a cash offer; 1 for an item. */
            quantity?: number;
          };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Voucher'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/vouchers/{id}': {
    /** A voucher */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Voucher'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/vouchers/{id}/cancellation': {
    /** Cancel a voucher on a resident's behalf */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['VoucherCancellation'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/vouchers/{id}/status': {
    /** Suspend a voucher, or make it good again */
    put: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            status: 'issued' | 'suspended';
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of a voucher. */
              id: string;
              status: 'issued' | 'suspended';
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/vouchers/{id}/papers': {
    /** Print a paper voucher for a resident without a phone */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': Record<string, unknown> | null } };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Paper'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/offers': {
    /** Put something on sale */
    post: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json':
            | {
                kind: 'cash';
                title: string;
                /** Points. */
                points: number;
              }
            | {
                kind: 'item';
                title: string;
                /** Points. */
                points: number;
                /** The id of a merchant. */
                merchant_id: string;
                /** Fen: 1/100 yuan. */
                settlement_fen: number;
              };
        };
      };
      responses: {
        201: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Offer'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    /** Offers on sale */
    get: {
      parameters: { query?: { limit?: number; cursor?: string; community_id?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Offer'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/offers/{id}': {
    /** An offer */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Offer'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/offers/{id}/status': {
    /** Withdraw an offer, or put it back on sale */
    put: {
      parameters: { query?: never; header: { 'Idempotency-Key': string }; path: { id: string }; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            status: 'active' | 'withdrawn';
            /** The reason. */
            reason: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              /** The id of an offer. */
              id: string;
              status: 'active' | 'withdrawn';
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/entries/{id}': {
    /** An entry and its postings */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['Entry'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/trial-balance': {
    /** The accounts in pages, and with the first page totals by community and kind */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          community?: string;
          kind?:
            | 'issued'
            | 'wallet'
            | 'escrow'
            | 'redeemed'
            | 'expired'
            | 'clawback'
            | 'cost'
            | 'due-to'
            | 'due-from'
            | 'payable'
            | 'clearing'
            | 'fund'
            | 'bank';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['TrialBalance'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/audits': {
    /** The findings of audits, newest first */
    get: {
      parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              items: components['schemas']['Audit'][];
              /** Send it as `cursor` to get the next page; null on the last page. */
              next_cursor: string | null;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/problems/{code}': {
    /** The meaning of a problem */
    get: {
      parameters: { query?: never; header?: never; path: { code: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              code: string;
              title: string;
              status: number;
              retryable: boolean;
              action: string;
              cashier_message: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/.well-known/jwks.json': {
    /** The public keys of access tokens (JWKS) */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              keys: {
                kty: string;
                kid: string;
              }[];
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/v1/privacy-notice': {
    /** The privacy notice as it stands, in Chinese */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'application/json': components['schemas']['PrivacyNotice'] } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/openapi.json': {
    /** This document */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              openapi: string;
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/healthz': {
    /** The process answers */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              status: 'ok';
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/readyz': {
    /** The scheme is founded, the database can be read and written, the clock is right, and the engine takes commands */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, string>;
          content: {
            'application/json': {
              status: 'ok';
            };
          };
        };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/metrics': {
    /** Figures for Prometheus */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, string>; content: { 'text/plain': string } };
        default: { headers: Record<string, string>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
}
