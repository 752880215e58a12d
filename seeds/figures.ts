/** The figures that the scheme has published of its first year. */
export const published = {
  residents: 13_000,
  merchants: 60,
  redemptions: 5_000,
  volunteerEvents: 60,
  couriers: 35,
  courierHours: 1_400,
} as const;

/** What nobody has published: amounts and proportions chosen so that the published figures come out. */
export const assumed = {
  /** What a community sets aside for the year, in fen for each of its residents. */
  fundFenPerResident: 900,
  /** The part of residents who ever take part. */
  active: 0.13,
  /** Of those, who only save. */
  savers: 0.1,
  /** Of a deed's doers, those from another community than the one that grants. */
  guests: 0.15,
  volunteersPerEvent: 45,
  courierShiftHours: 4,
  /** In all ten communities, each month: doers. */
  meetingSeats: 240,
  civilDeeds: 440,
  /** Of vouchers: given back, or forgotten until they lapse. */
  cancelled: 0.025,
  forgotten: 0.03,
  /** Of redemptions: taken back by the till, or voided because the answer was lost. */
  reversed: 0.012,
  voided: 0.004,
} as const;
