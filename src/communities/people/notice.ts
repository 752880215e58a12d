/** The notice by which people are told what is kept about them, before they consent: PIPL, articles 13, 17 and 31. */

/** The version of the notice as it stands now. A new text is a new version, to which everybody consents anew. */
export const NOTICE_VERSION = 1;

/** The title of the notice. */
export const NOTICE_TITLE = '个人信息处理告知书';

/** The notice as it stands now: who, what, why, how long, and how to see it, correct it and leave. */
export const noticeParagraphs: readonly string[] = [
  '谁在处理：仓前街道办事处及您所在的社区，共同运营“CALL Me(米)”积分服务。有问题请联系您所在社区的服务窗口。',
  '收集什么：您的姓名、手机号、所在社区；您参加活动、获得和使用积分、领取和核销代金券的记录；登录时的设备类型。不收集身份证号码，不收集位置。',
  '为什么收集：用于确认您本人、记录积分、核销代金券、在社区之间结算，以及向您发送验证码和必要的通知。不用于广告，不出售，不提供给无关的人。',
  '谁能看到：您所在社区和街道的工作人员能看到您的姓名和记录，手机号只显示部分数字；其他社区和商户只能看到遮盖后的姓名。',
  '怎样保存：手机号加密保存。资料保存到您注销为止；注销后姓名和手机号即被清除，账目按财务要求保留，但不再指向您本人。',
  '怎样查看和更正：登录手机页面可查看和导出自己的全部资料；姓名和手机号有误的，可在手机上或社区窗口更正。',
  '怎样撤回同意和注销：可随时在手机上或社区窗口申请，无需说明理由；七天内可以反悔。撤回前已完成的处理仍然有效。不愿意参加的，不影响享受其他社区服务。',
  '未满十四周岁：须由父母或其他监护人到社区窗口同意后登记。',
];
