/** What is said of families, helpers and cards, in traditional Chinese. */
import type { HelpingCatalogue } from './helping-zh-hans.ts';

/** The words of helpers and cards. */
export const helpingZhHant: HelpingCatalogue = {
  scopes: {
    order: '約幫助、取消預約',
    confirm: '確認探訪',
    see_balance: '看餘額和明細',
    spend: '用時間約幫助',
  },
  kinds: { family_proxy: '家人', guardian: '監護人' },
  states: {
    proposed: '等工作人員核對',
    checked: '等老人同意',
    bound: '可以替老人辦事',
    ended: '已解除',
    declined: '沒有通過',
  },
  confirmedBy: {
    own_phone: '本人在手機上同意',
    card: '本人用卡同意',
    voice: '本人口頭同意，工作人員在場',
  },
  called: (surname, gender) => surname + (gender === 'female' ? '女士' : '先生'),
  asHelper: (name, kind) => `${name}（${kind}）`,
  may: '可以辦',
  until: '到什麼時候',
  untilDay: (day) => `${day}為止`,
  spendMax: '最多可用',
  spendLeft: (left, all) => `${all}，還剩${left}`,
  state: '進度',
  consent: '同意方式',
  proof: '證明',
  document: '文件編號',
  notNow: '先不辦',
  cardLost: '卡丟了，掛失',
  cardLostSure: '掛失以後，這張卡和上面的6個數字馬上不能用。確定嗎？',
  cardLostYes: '確定掛失',
  cardLostDone: '已經掛失，卡不能用了。請到社區服務點領新卡。',
  cardStates: { active: '正在用', lost: '已掛失', replaced: '已換新卡' },
  cardSince: (day) => `${day}領的`,
  cardLocked: '密碼輸錯太多次，卡鎖住了。請帶上證件到社區服務點解鎖。',
  noCard: '還沒有卡。請到社區服務點領一張。',
  refusals: {
    home_visit_due: '前幾次都是電話問候，這次要有人上門看看。',
    service_not_offered: '本地不這樣提供這項服務。請換一項，或者打服務點電話。',
    service_not_suited: '這項服務不適合這位老人的身體情況。請打服務點電話商量。',
    outside_service_hours: '這項服務晚上不做。請換到白天。',
    minutes_out_of_bounds: '這項服務的時間太短或者太長。請改一下時長。',
    unknown_file: '沒有找到這份資料。請回到列表再看看。',
    already_bound: '已經綁定了，或者正在等確認。請回到列表看看。',
    binding_not_open: '這件事已經辦過，或者已經過期。請回到列表看看。',
    helper_limit_reached: '超過了說好的限度。請用少一點，或者請老人重新同意。',
    card_locked: '密碼輸錯太多次，卡鎖住了。請帶上證件到社區服務點解鎖。',
    card_not_accepted: ({ triesLeft }) =>
      triesLeft === undefined
        ? '卡或者密碼不對。請看著卡再輸一次。'
        : `卡或者密碼不對。請看著卡再輸一次，還可以試${triesLeft}次。`,
    changed_meanwhile: '這份資料剛剛改過了。請重新打開，再辦一次。',
    wrong_step: '這一步現在不能辦。請看看辦到哪裡了。',
  },
};
