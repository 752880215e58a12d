/** The figures that the scheme has published of its first year. */
export const published = {
  residents: 13_000,
  merchants: 60,
  redemptions: 5_000,
  volunteerEvents: 60,
  couriers: 35,
  courierHours: 1_400,
} as const;

/** Figures that nobody has published: amounts and proportions chosen so that the published ones come out. */
export const assumed = {
  /** The money that a community sets aside for the year, in fen for each of its residents. */
  fundFenPerResident: 900,
  /** The part of residents who ever take part. */
  active: 0.13,
  /** The part of these who only save. */
  savers: 0.1,
  /** How often a deed's doer is drawn from all communities, instead of the one that grants. */
  guests: 0.15,
  volunteersPerEvent: 45,
  courierShiftHours: 4,
  /** In all ten communities, each month: doers. */
  meetingSeats: 240,
  civilDeeds: 440,
  /** The parts of vouchers that are given back, and that are forgotten until they lapse. */
  cancelled: 0.025,
  forgotten: 0.03,
  /** The parts of redemptions that the till takes back, and that are voided because the answer was lost. */
  reversed: 0.012,
  voided: 0.004,
} as const;
