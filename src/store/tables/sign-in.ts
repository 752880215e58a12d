/** How people sign in: passwords of officers and cashiers, one-time codes of residents, and sessions. */
import type { Kit } from '../kit.ts';

export function signInTables(kit: Kit) {
  const { table, id, anyId, word, name, contactHash, text, secret, integer, instant, hash, index } = kit;

  /**
   * A person who signs in with a password, and acts through a client. Several people may act through one client: the cashiers of one
   * counter.
   */
  const login = table(
    'login',
    {
      id: id('id', 'lgn').primaryKey(),
      clientId: id('client_id', 'cli').notNull(),
      /** The name that is typed at sign-in, in lower case. */
      name: name('name').notNull(),
      /** The name of the person that it belongs to. */
      personName: name('person_name').notNull(),
      /** argon2id, in the PHC string format. */
      passwordHash: secret('password_hash').notNull(),
      /** 1: somebody else has seen the password, so that its owner must set another before anything else. */
      passwordTemporary: integer('password_temporary').notNull(),
      /** The secret of an authenticator app, sealed; null: none. Unconfirmed until its first code was given. */
      totpSealed: secret('totp_sealed'),
      totpConfirmed: integer('totp_confirmed').notNull(),
      /** The latest time step whose code was used: a code counts once. */
      totpStep: integer('totp_step'),
      /** Wrong tries in a row, and the instant until which those who made the latest are locked out. */
      failures: integer('failures').notNull(),
      lockedUntil: instant('locked_until'),
      status: word('status').notNull(),
      createdAt: instant('created_at').notNull(),
      createdBy: anyId('created_by').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [index('login_client').on(t.clientId, t.id)],
  );

  /** A login name belongs to one login. */
  const loginName = table('login_name', {
    name: name('name').primaryKey(),
    loginId: id('login_id', 'lgn').notNull(),
  });

  /** The latest one-time code requested for a phone, whether or not a resident has it: the rows must not show that. */
  const signInCode = table('sign_in_code', {
    phoneHash: contactHash('phone_hash').primaryKey(),
    /** Keyed hash of phone and code. */
    codeHash: hash('code_hash').notNull(),
    sentAt: instant('sent_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Wrong tries at it. */
    failures: integer('failures').notNull(),
    /** 1: a resident has signed in with it. */
    used: integer('used').notNull(),
    /** Codes asked for since `countedFrom`. */
    asked: integer('asked').notNull(),
    countedFrom: instant('counted_from').notNull(),
    version: integer('version').notNull(),
  });

  /** A person who is signed in on a device. */
  const session = table(
    'session',
    {
      id: id('id', 'ses').primaryKey(),
      clientId: id('client_id', 'cli').notNull(),
      /** Null: a resident, who signs in by phone. */
      loginId: id('login_id', 'lgn'),
      /** The device as it names itself: a browser and a system, nothing more. */
      device: text('device').notNull(),
      startedAt: instant('started_at').notNull(),
      /** The first instant at which it is no longer good. */
      expiresAt: instant('expires_at').notNull(),
      endedAt: instant('ended_at'),
      version: integer('version').notNull(),
    },
    (t) => [index('session_client').on(t.clientId, t.id)],
  );

  /**
   * How often those who share a slot were wrong lately. A slot is a kind and sixteen bits of a keyed hash (of a login and an address, of a
   * device), so that there are only so many rows, whoever tries whatever.
   */
  const wrongTries = table('wrong_tries', {
    slot: word('slot').primaryKey(),
    /** The number after the latest of them; it decays from then on. */
    count: integer('count').notNull(),
    lastAt: instant('last_at').notNull(),
    version: integer('version').notNull(),
  });

  return { login, loginName, signInCode, session, wrongTries };
}
