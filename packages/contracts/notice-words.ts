/**
 * The words of everything that people are told: for each kind a short sentence (a text message, a push message, the
 * subject of a mail) and a long one (the inbox, a mail). Nobody's name and no place is in them: a telephone that lies
 * on a table shows them to everybody. Whoever hears of it as a helper reads a family name, to know whose matter it is.
 * `{s}`: the service, `{w}`: when, in China.
 */
import type { MaskedPerson } from './member.ts';
import type { NoticeKind } from './notice.ts';
import { type Instant, civilDateOf, minuteOfDay, weekdayOf } from './time.ts';
import type { Locale, Words } from './words.ts';

/** Stands before every text message, as the providers in China ask for it. */
export const smsSignature = '【养老互助时间】';

/** A text message in Chinese letters is one message up to here, the signature included. Source: 3GPP TS 23.038, UCS2. */
export const SMS_CHARACTERS_MAX = 70;

/**
 * What the words of a notice need: of one about a request its service and when it starts; of one to a helper whose
 * matter it is.
 */
export interface NoticeFacts {
  service?: Words;
  startAt?: Instant;
  helps?: Pick<MaskedPerson, 'surname' | 'gender'>;
}

/** Simplified, traditional, English. */
type Three = readonly [hans: string, hant: string, en: string];

const table: Readonly<Record<NoticeKind, { short: Three; long: Three }>> = {
  person_found: {
    short: [
      '{w}的{s}有人来了。详情请看“我的预约”或致电服务台。',
      '{w}的{s}有人來了。詳情請看「我的預約」或致電服務台。',
      'Somebody will come for {s}, {w}. See your requests or call the service point.',
    ],
    long: [
      '您{w}的{s}已经有志愿者接下。谁来、怎么联系，请打开预约查看；想换人或改时间，请致电服务台。',
      '您{w}的{s}已經有志願者接下。誰來、怎麼聯繫，請打開預約查看；想換人或改時間，請致電服務台。',
      'A volunteer has taken your {s}, {w}. Open the request to see who comes and how to reach them. To change person or time, call the service point.',
    ],
  },
  person_changed: {
    short: [
      '{w}的{s}换人了，正在另找。如有急事请致电服务台。',
      '{w}的{s}換人了，正在另找。如有急事請致電服務台。',
      'Somebody else is being found for {s}, {w}. If it is urgent, call the service point.',
    ],
    long: [
      '{w}的{s}，原来的志愿者来不了，我们正在另找人，找到会马上告诉您。如有急事请致电服务台。',
      '{w}的{s}，原來的志願者來不了，我們正在另找人，找到會馬上告訴您。如有急事請致電服務台。',
      'The volunteer for {s}, {w}, cannot come. We are looking for somebody else and will tell you at once. If it is urgent, call the service point.',
    ],
  },
  visit_cancelled: {
    short: [
      '{w}的{s}取消了，请不要等候。详情请看预约。',
      '{w}的{s}取消了，請不要等候。詳情請看預約。',
      'The {s}, {w}, was cancelled. Please do not wait for it.',
    ],
    long: [
      '{w}的{s}已取消，请不要等候或前往。若这不是您的意思，请致电服务台。',
      '{w}的{s}已取消，請不要等候或前往。若這不是您的意思，請致電服務台。',
      'The {s}, {w}, was cancelled; please neither wait nor go there. If you did not want this, call the service point.',
    ],
  },
  please_confirm: {
    short: [
      '{w}的{s}已结束，请确认。也可致电服务台确认。',
      '{w}的{s}已結束，請確認。也可致電服務台確認。',
      'The {s} of {w} is over. Please confirm it, or call the service point.',
    ],
    long: [
      '{w}的{s}已结束。请打开预约，确认服务时间是否属实；不对请点“不对”，或致电服务台。',
      '{w}的{s}已結束。請打開預約，確認服務時間是否屬實；不對請點「不對」，或致電服務台。',
      'The {s} of {w} is over. Please open it and say whether the time is right; if it is not, say so there or call the service point.',
    ],
  },
  please_confirm_again: {
    short: [
      '{w}的{s}还没有确认，请您看一看。也可致电服务台。',
      '{w}的{s}還沒有確認，請您看一看。也可致電服務台。',
      'The {s} of {w} still waits for your word. You can also call the service point.',
    ],
    long: [
      '{w}的{s}还在等您确认。确认后志愿者的时间才能入账。看不清、点不动，请致电服务台，我们替您办。',
      '{w}的{s}還在等您確認。確認後志願者的時間才能入帳。看不清、點不動，請致電服務台，我們替您辦。',
      'The {s} of {w} still waits for your word; only then does the volunteer get the hours. If it is hard to read or press, call the service point and we do it for you.',
    ],
  },
  please_rate: {
    short: [
      '{w}的{s}，您满意吗？请打开预约评一评。',
      '{w}的{s}，您滿意嗎？請打開預約評一評。',
      'How was the {s} of {w}? Please open it and say so.',
    ],
    long: [
      '{w}的{s}，您满意吗？打开预约就能评，评得不好也不要紧，我们会上门了解。',
      '{w}的{s}，您滿意嗎？打開預約就能評，評得不好也不要緊，我們會上門了解。',
      'How was the {s} of {w}? Open it to say so. A bad word does no harm: somebody will come and ask what went wrong.',
    ],
  },
  unfilled_apology: {
    short: [
      '对不起，{w}的{s}没找到人。下次会优先安排您。',
      '對不起，{w}的{s}沒找到人。下次會優先安排您。',
      'We are sorry: nobody could be found for {s}, {w}. Next time you come first.',
    ],
    long: [
      '对不起，{w}的{s}没有找到合适的志愿者。时间已退还，您的下一次预约会优先安排。需要现在就想办法，请致电服务台。',
      '對不起，{w}的{s}沒有找到合適的志願者。時間已退還，您的下一次預約會優先安排。需要現在就想辦法，請致電服務台。',
      'We are sorry: no volunteer could be found for {s}, {w}. Your hours are back, and your next request comes first. If it cannot wait, call the service point.',
    ],
  },
  request_rejected: {
    short: [
      '您{w}的{s}未能安排，原因请看预约或致电服务台。',
      '您{w}的{s}未能安排，原因請看預約或致電服務台。',
      'Your {s}, {w}, could not be arranged. Open it to see why, or call the service point.',
    ],
    long: [
      '您{w}的{s}未能安排。原因写在预约里；改好后可以再提一次，或致电服务台。',
      '您{w}的{s}未能安排。原因寫在預約裡；改好後可以再提一次，或致電服務台。',
      'Your {s}, {w}, could not be arranged. The reason stands in the request; change it and ask again, or call the service point.',
    ],
  },
  asked: {
    short: [
      '附近有老人需要{s}，{w}。愿意去请打开查看，不去不必回复。',
      '附近有老人需要{s}，{w}。願意去請打開查看，不去不必回覆。',
      'An elder near you needs {s}, {w}. Open it if you can go; no answer is needed if not.',
    ],
    long: [
      '附近有位老人需要{s}，{w}。先接先得；不方便就不用回复，不影响您。',
      '附近有位老人需要{s}，{w}。先接先得；不方便就不用回覆，不影響您。',
      'An elder near you needs {s}, {w}. Whoever accepts first goes. If it does not suit you, no answer is needed, and nothing follows from it.',
    ],
  },
  already_taken: {
    short: [
      '谢谢您！{w}的{s}已有人去了。',
      '謝謝您！{w}的{s}已有人去了。',
      'Thank you! Somebody is going for {s}, {w}.',
    ],
    long: [
      '谢谢您的心意！{w}的{s}已有别的志愿者接下，这次不用去了。',
      '謝謝您的心意！{w}的{s}已有別的志願者接下，這次不用去了。',
      'Thank you for being ready! Another volunteer has taken {s}, {w}.',
    ],
  },
  plan_assigned: {
    short: [
      '社区给您排了{w}的{s}，请打开确认或退回。',
      '社區給您排了{w}的{s}，請打開確認或退回。',
      'The community has planned {s}, {w}, for you. Open it to agree or to give it back.',
    ],
    long: [
      '本周的安排里，{w}的{s}请您去。去不了请尽早退回，我们好另找人。',
      '本週的安排裡，{w}的{s}請您去。去不了請儘早退回，我們好另找人。',
      'In this week’s plan, {s}, {w}, is yours. If you cannot go, give it back early, so that somebody else is found.',
    ],
  },
  plan_withdrawn: {
    short: [
      '{w}的{s}改由别人去，您不用去了。',
      '{w}的{s}改由別人去，您不用去了。',
      'Somebody else does {s}, {w}. You need not go.',
    ],
    long: [
      '本周的安排改了：{w}的{s}您不用去了。谢谢您。',
      '本週的安排改了：{w}的{s}您不用去了。謝謝您。',
      'This week’s plan has changed: you need not go for {s}, {w}. Thank you.',
    ],
  },
  place_changed: {
    short: [
      '{w}的{s}换了地址，请打开看。',
      '{w}的{s}換了地址，請打開看。',
      '{s}, {w}, is at another address now. Open it to see where.',
    ],
    long: [
      '老人搬家了：{w}的{s}改在新地址，时间不变。新地址在预约里；去不了请尽早退回。',
      '老人搬家了：{w}的{s}改在新地址，時間不變。新地址在預約裡；去不了請儘早退回。',
      'The elder has moved: {s}, {w}, is at another address, at the same time. Where it is stands in the request. If you cannot go, give it back early.',
    ],
  },
  visit_soon: {
    short: [
      '提醒：{w}有{s}。去不了请尽早退回。',
      '提醒：{w}有{s}。去不了請儘早退回。',
      'A reminder: {s}, {w}. If it cannot be, say so early.',
    ],
    long: [
      '提醒您：{w}有{s}。地址和联系方式在预约里；有变化请尽早说，或致电服务台。',
      '提醒您：{w}有{s}。地址和聯繫方式在預約裡；有變化請儘早說，或致電服務台。',
      'A reminder: {s}, {w}. Where it is and whom to call stands in the request. If something has changed, say so early or call the service point.',
    ],
  },
  check_out_forgotten: {
    short: [
      '{w}的{s}还没签退。已离开请补签退，有事请致电服务台。',
      '{w}的{s}還沒簽退。已離開請補簽退，有事請致電服務台。',
      'You have not checked out of {s}, {w}. Check out if you have left; call if something is wrong.',
    ],
    long: [
      '{w}的{s}早该结束了，还没有签退。如果您已离开，请现在签退；如果还在、或出了事，请致电服务台。',
      '{w}的{s}早該結束了，還沒有簽退。如果您已離開，請現在簽退；如果還在、或出了事，請致電服務台。',
      'The {s} of {w} should be over, and you have not checked out. If you have left, check out now; if you are still there or something is wrong, call the service point.',
    ],
  },
  hours_booked: {
    short: [
      '{w}的{s}已入账，请看“我的时间”。',
      '{w}的{s}已入帳，請看「我的時間」。',
      'The hours for {s}, {w}, are on your account.',
    ],
    long: [
      '{w}的{s}已确认，时间已存入您的账户，打开“我的时间”就能看到。谢谢您！',
      '{w}的{s}已確認，時間已存入您的帳戶，打開「我的時間」就能看到。謝謝您！',
      'The {s} of {w} was confirmed, and the hours are on your account. Thank you!',
    ],
  },
  not_chosen: {
    short: [
      '{w}的{s}这次另有安排，谢谢您。',
      '{w}的{s}這次另有安排，謝謝您。',
      'Something else was arranged for {s}, {w}. Thank you.',
    ],
    long: [
      '{w}的{s}这次另有安排，您不用去了。这与您做得好不好无关，谢谢您。',
      '{w}的{s}這次另有安排，您不用去了。這與您做得好不好無關，謝謝您。',
      'Something else was arranged for {s}, {w}; you need not go. It says nothing about how you do it. Thank you.',
    ],
  },
  paused_for_no_shows: {
    short: [
      '您多次未到，接单暂停，请先参加培训再来。有误请致电服务台。',
      '您多次未到，接單暫停，請先參加培訓再來。有誤請致電服務台。',
      'You were missing several times: you pause for a while and take a training first. If this is wrong, call the service point.',
    ],
    long: [
      '最近几次约好的服务您没有到或临时退出，接单暂停一段时间，之后请先参加一次培训再来，已存的时间不受影响。如有误会或困难，请致电服务台。',
      '最近幾次約好的服務您沒有到或臨時退出，接單暫停一段時間，之後請先參加一次培訓再來，已存的時間不受影響。如有誤會或困難，請致電服務台。',
      'You were missing at several visits, or gave them back late: you pause for a while and take a training before the next visit. Your hours stay as they are. If this is wrong, or something is hard for you, call the service point.',
    ],
  },
  organisation_asked: {
    short: [
      '{w}的{s}没有人接，请贵单位帮忙安排人。',
      '{w}的{s}沒有人接，請貴單位幫忙安排人。',
      'Nobody has taken {s}, {w}. Can your organisation send somebody?',
    ],
    long: [
      '{w}的{s}没有人接，社区请贵单位帮忙安排志愿者。安排好后，请志愿者在“可以接的请求”里自己接下。',
      '{w}的{s}沒有人接，社區請貴單位幫忙安排志願者。安排好後，請志願者在「可以接的請求」裡自己接下。',
      'Nobody has taken {s}, {w}, and the community asks your organisation for somebody. Whoever goes finds it among the open requests and takes it on themselves.',
    ],
  },
  linkage_task: {
    short: [
      '联动工单有新任务等您办，请打开查看。',
      '聯動工單有新任務等您辦，請打開查看。',
      'A linkage card has a task for you. Please open it.',
    ],
    long: [
      '社区受理了一张联动工单，有一项任务请您这一方来办。请打开“联动工单”，看看要办什么、办到哪一步了。',
      '社區受理了一張聯動工單，有一項任務請您這一方來辦。請打開「聯動工單」，看看要辦什麼、辦到哪一步了。',
      'The community has taken on a linkage card, and one of its tasks is for you. Open the linkage cards to see what is to be done and how far it has come.',
    ],
  },
  please_rate_visit: {
    short: [
      '{w}的{s}，一切顺利吗？请打开说一说。',
      '{w}的{s}，一切順利嗎？請打開說一說。',
      'Did all go well with {s}, {w}? Please say so.',
    ],
    long: [
      '{w}的{s}，一切顺利吗？有困难、有想法，打开就能说，只有社区看得到。',
      '{w}的{s}，一切順利嗎？有困難、有想法，打開就能說，只有社區看得到。',
      'Did all go well with {s}, {w}? Open it to say what was hard or could be better; only the community sees it.',
    ],
  },
  review_waiting: {
    short: [
      '有新的申请待审核：{s}，{w}。',
      '有新的申請待審核：{s}，{w}。',
      'A request waits for review: {s}, {w}.',
    ],
    long: [
      '有一条新的申请待审核：{s}，{w}。请打开“待审核”处理。',
      '有一條新的申請待審核：{s}，{w}。請打開「待審核」處理。',
      'A request waits to be looked at: {s}, {w}. Open the review list.',
    ],
  },
  volunteer_withdrew: {
    short: [
      '志愿者退回了{w}的{s}，请留意是否另找到人。',
      '志願者退回了{w}的{s}，請留意是否另找到人。',
      'A volunteer gave back {s}, {w}. See whether somebody else is found.',
    ],
    long: [
      '志愿者退回了{w}的{s}，已重新发布。请留意是否有人接，必要时请人。',
      '志願者退回了{w}的{s}，已重新發布。請留意是否有人接，必要時請人。',
      'A volunteer gave back {s}, {w}; it is open again. See whether somebody takes it, and ask somebody if need be.',
    ],
  },
  unfilled_soon: {
    short: [
      '{w}的{s}还没有人接，请尽快安排。',
      '{w}的{s}還沒有人接，請儘快安排。',
      'Nobody has taken {s}, {w}, yet. Please see to it.',
    ],
    long: [
      '{w}的{s}还没有人接，时间快到了。请联系志愿者或社会组织，或改时间。',
      '{w}的{s}還沒有人接，時間快到了。請聯繫志願者或社會組織，或改時間。',
      'Nobody has taken {s}, {w}, and it comes near. Ask volunteers or an organisation, or find another time.',
    ],
  },
  unfilled: {
    short: [
      '{w}的{s}没有找到人，请决定怎么办。',
      '{w}的{s}沒有找到人，請決定怎麼辦。',
      'Nobody was found for {s}, {w}. Please decide what to do.',
    ],
    long: [
      '{w}的{s}没有找到人。请选择：重新发布、请社会组织、购买服务，或向老人致歉。',
      '{w}的{s}沒有找到人。請選擇：重新發布、請社會組織、購買服務，或向老人致歉。',
      'Nobody was found for {s}, {w}. Publish it again, ask an organisation, buy the service, or apologise to the elder.',
    ],
  },
  no_show: {
    short: [
      '{w}的{s}没有签到，请打电话核实。',
      '{w}的{s}沒有簽到，請打電話核實。',
      'Nobody checked in for {s}, {w}. Please call and find out.',
    ],
    long: [
      '{w}的{s}过了时间没有签到。请先打电话给老人，再问志愿者，然后登记是谁没到。',
      '{w}的{s}過了時間沒有簽到。請先打電話給老人，再問志願者，然後登記是誰沒到。',
      'Nobody checked in for {s}, {w}. Call the elder first, then the volunteer, then write down who was missing.',
    ],
  },
  safety_alarm: {
    short: [
      '安全警示：有老人没见到面。请立即处理。',
      '安全警示：有老人沒見到面。請立即處理。',
      'Safety alarm: an elder was not met. Please act now.',
    ],
    long: [
      '安全警示：有老人探访时没见到面，或情况可疑。请在24小时内再次上门，并请邻居或居委会确认。',
      '安全警示：有老人探訪時沒見到面，或情況可疑。請在24小時內再次上門，並請鄰居或居委會確認。',
      'Safety alarm: an elder was not met, or something looked wrong. Go there again within 24 hours and ask neighbours or the committee.',
    ],
  },
  check_out_overdue: {
    short: [
      '{w}的{s}一直没有签退，请打电话核实。',
      '{w}的{s}一直沒有簽退，請打電話核實。',
      'Nobody has checked out of {s}, {w}. Please call and find out.',
    ],
    long: [
      '{w}的{s}早该结束，提醒后仍未签退。请打电话给志愿者和老人，确认都平安。',
      '{w}的{s}早該結束，提醒後仍未簽退。請打電話給志願者和老人，確認都平安。',
      'The {s} of {w} should be over, and after a reminder nobody has checked out. Call volunteer and elder and make sure that both are well.',
    ],
  },
  call_back_waiting: {
    short: ['{w}的{s}待电话回访。', '{w}的{s}待電話回訪。', 'The {s} of {w} waits for a call back.'],
    long: [
      '{w}的{s}需要电话回访后才能入账，请打开“回访”名单。',
      '{w}的{s}需要電話回訪後才能入帳，請打開「回訪」名單。',
      'The {s} of {w} counts only after a call back. Open the list of calls.',
    ],
  },
  need_found: {
    short: [
      '探访中发现新的需要，请打开查看。',
      '探訪中發現新的需要，請打開查看。',
      'A visit has found a need. Please open it.',
    ],
    long: [
      '志愿者在探访中发现老人有新的需要，请打开查看，决定由谁来办。',
      '志願者在探訪中發現老人有新的需要，請打開查看，決定由誰來辦。',
      'A visit has found that an elder needs something. Open it and decide who sees to it.',
    ],
  },
  bad_rating: {
    short: [
      '有一条不满意评价，请在一天内联系老人。',
      '有一條不滿意評價，請在一天內聯繫老人。',
      'There is a bad rating. Please speak with the elder within a day.',
    ],
    long: [
      '有一条不满意评价，已生成整改单。请在一天内联系老人，按期整改。',
      '有一條不滿意評價，已生成整改單。請在一天內聯繫老人，按期整改。',
      'There is a bad rating, and a work order was made of it. Speak with the elder within a day and put it right in time.',
    ],
  },
  rectify_overdue: {
    short: [
      '有整改单已过期，请尽快办结。',
      '有整改單已過期，請儘快辦結。',
      'A work order after a bad rating is overdue.',
    ],
    long: [
      '有整改单已过期，请尽快办结，或写明原因。',
      '有整改單已過期，請儘快辦結，或寫明原因。',
      'A work order after a bad rating is overdue. Close it, or write down why not.',
    ],
  },
  honesty_item: {
    short: [
      '有待核查的记录，请打开“核查”名单。',
      '有待核查的記錄，請打開「核查」名單。',
      'Something waits to be looked into. Open the review list.',
    ],
    long: [
      '系统发现有待核查的记录。这不是处分，请看清事实再决定。',
      '系統發現有待核查的記錄。這不是處分，請看清事實再決定。',
      'The service has found something to look into. It is no verdict: see the facts first, then decide.',
    ],
  },
  volunteer_paused: {
    short: [
      '一位志愿者多次未到或临时退出，已暂停接单，请核实。',
      '一位志願者多次未到或臨時退出，已暫停接單，請核實。',
      'A volunteer was missing or gave back late several times and is paused. Please look into it.',
    ],
    long: [
      '一位志愿者多次未到或临时退出，按本地规则已暂停接单。请打电话了解情况；如有误，可以马上恢复。',
      '一位志願者多次未到或臨時退出，按本地規則已暫停接單。請打電話了解情況；如有誤，可以馬上恢復。',
      'A volunteer was missing or gave back late several times and is paused by the rules of the region. Please call them; if it is wrong, end the pause at once.',
    ],
  },
  elder_cancels_late: {
    short: [
      '{w}的{s}临时取消，这位老人近来已有几次，请关心一下。',
      '{w}的{s}臨時取消，這位老人近來已有幾次，請關心一下。',
      'The {s}, {w}, was cancelled late, not for the first time. Please ask how the elder is.',
    ],
    long: [
      '{w}的{s}临时取消，这位老人近来已有几次。不影响老人的时间和排队，请打电话问问是不是有难处，时间合不合适。',
      '{w}的{s}臨時取消，這位老人近來已有幾次。不影響老人的時間和排隊，請打電話問問是不是有難處，時間合不合適。',
      'The {s}, {w}, was cancelled late, and not for the first time. It costs the elder nothing; please call and ask whether something is hard, or another hour suits better.',
    ],
  },
  series_stopped: {
    short: [
      '一项定期服务已停，请打开查看原因。',
      '一項定期服務已停，請打開查看原因。',
      'A recurring visit has stopped. Open it to see why.',
    ],
    long: [
      '一项定期服务已停，原因写在里面。请看是否需要重新安排。',
      '一項定期服務已停，原因寫在裡面。請看是否需要重新安排。',
      'A recurring visit has stopped; the reason stands there. See whether it has to be arranged anew.',
    ],
  },
  dispute_opened: {
    short: [
      '有人对一次服务提出异议，请打开查看。',
      '有人對一次服務提出異議，請打開查看。',
      'Somebody disputes a visit. Please open it.',
    ],
    long: [
      '有人对一次服务提出异议，相关时间先冻结。请打开说明您看到的情况，社区会按期答复。',
      '有人對一次服務提出異議，相關時間先凍結。請打開說明您看到的情況，社區會按期答覆。',
      'Somebody disputes a visit; its hours are frozen. Open it and say what you know. The community answers in time.',
    ],
  },
  dispute_decided: {
    short: [
      '异议已有结果，请打开查看。',
      '異議已有結果，請打開查看。',
      'The dispute was decided. Please open it.',
    ],
    long: [
      '异议已有结果，理由写在里面。不同意可以向区县申诉。',
      '異議已有結果，理由寫在裡面。不同意可以向區縣申訴。',
      'The dispute was decided; the reason stands there. Whoever disagrees may appeal to the county.',
    ],
  },
  dispute_overdue: {
    short: [
      '有异议已过答复期限，请尽快处理。',
      '有異議已過答覆期限，請儘快處理。',
      'A dispute is overdue. Please decide it.',
    ],
    long: [
      '有异议已过答复期限，并已上报。请尽快处理。',
      '有異議已過答覆期限，並已上報。請儘快處理。',
      'A dispute is overdue, and the level above was told. Please decide it.',
    ],
  },
  correction_made: {
    short: [
      '您的时间账有一处更正，请打开查看。',
      '您的時間帳有一處更正，請打開查看。',
      'Something on your account was corrected. Please look.',
    ],
    long: [
      '您的时间账有一处更正，原因写在明细里。有疑问请致电服务台。',
      '您的時間帳有一處更正，原因寫在明細裡。有疑問請致電服務台。',
      'Something on your account was corrected; the statement says why. If you have a question, call the service point.',
    ],
  },
  emergency_opened: {
    short: [
      '紧急呼叫！请立即打开处理；有生命危险先拨120。',
      '緊急呼叫！請立即打開處理；有生命危險先撥120。',
      'Emergency call! Open it now. If a life is in danger, call 120 first.',
    ],
    long: [
      '紧急呼叫！请立即接听并处理；有生命危险先拨120。',
      '緊急呼叫！請立即接聽並處理；有生命危險先撥120。',
      'Emergency call! Answer it now. If a life is in danger, call 120 first.',
    ],
  },
  emergency_escalated: {
    short: [
      '紧急呼叫无人接听，已升级，请立即处理。',
      '緊急呼叫無人接聽，已升級，請立即處理。',
      'Nobody has answered an emergency call. Please act now.',
    ],
    long: [
      '紧急呼叫在规定时间内无人接听，已升级到您这里。请立即处理；有生命危险先拨120。',
      '緊急呼叫在規定時間內無人接聽，已升級到您這裡。請立即處理；有生命危險先撥120。',
      'Nobody has answered an emergency call in time; it has come up to you. Act now. If a life is in danger, call 120 first.',
    ],
  },
  emergency_over: {
    short: ['紧急呼叫已处理完毕。', '緊急呼叫已處理完畢。', 'The emergency is over.'],
    long: [
      '紧急呼叫已处理完毕，经过写在记录里。',
      '緊急呼叫已處理完畢，經過寫在記錄裡。',
      'The emergency is over; what happened stands on record.',
    ],
  },
  series_date_short: {
    short: [
      '您的时间不够，有一次定期服务没约成。详情请看“定期服务”。',
      '您的時間不夠，有一次定期服務沒約成。詳情請看「定期服務」。',
      'There were too few hours for one date of your recurring visit. Open it to see.',
    ],
    long: [
      '您账户里的时间不够，有一次定期服务没有约成，下一次照常试。想保留这一次，请致电服务台。',
      '您帳戶裡的時間不夠，有一次定期服務沒有約成，下一次照常試。想保留這一次，請致電服務台。',
      'Your account had too few hours for one date of your recurring visit; the next date is tried as usual. To keep this one, call the service point.',
    ],
  },
  activity_place: {
    short: [
      '活动有空位了，您已补上。去不了请尽早退出。',
      '活動有空位了，您已補上。去不了請儘早退出。',
      'There is a place for you at the activity now. If you cannot come, give it back early.',
    ],
    long: [
      '您候补的活动有空位了，已给您补上。时间地点请打开活动查看；去不了请尽早退出，让给别人。',
      '您候補的活動有空位了，已給您補上。時間地點請打開活動查看；去不了請儘早退出，讓給別人。',
      'A place at the activity for which you waited is yours now. Open it to see when and where; if you cannot come, give it back early.',
    ],
  },
  activity_cancelled: {
    short: [
      '您报名的活动取消了，请不要前往。',
      '您報名的活動取消了，請不要前往。',
      'An activity that you signed up for was cancelled. Please do not go there.',
    ],
    long: [
      '您报名的活动取消了，请不要前往。原因写在活动里，有疑问请致电服务台。',
      '您報名的活動取消了，請不要前往。原因寫在活動裡，有疑問請致電服務台。',
      'An activity that you signed up for was cancelled; please do not go there. The reason stands there. If you have a question, call the service point.',
    ],
  },
  confirm_address: {
    short: ['请确认您的邮箱地址', '請確認您的郵箱地址', 'Please confirm your mail address'],
    long: [
      '有人（应该是您）登记了这个邮箱接收通知。请在两天内打开链接确认；不是您，就不用理会。',
      '有人（應該是您）登記了這個郵箱接收通知。請在兩天內打開連結確認；不是您，就不用理會。',
      'Somebody, you we hope, gave this address for notices. Open the link within two days to confirm it. If it was not you, do nothing.',
    ],
  },
};

const anyService: Words = { 'zh-Hans': '服务', 'zh-Hant': '服務', en: 'the visit' };
const weekdaysZh = ['一', '二', '三', '四', '五', '六', '日'];
const weekdaysEn = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant as people in China say it: `11月22日(周日)9:05`, `Sun 22 Nov, 9:05`. */
export const whenWords = (at: Instant): Words => {
  const [, month, day] = civilDateOf(at).split('-').map(Number);
  const minutes = minuteOfDay(at);
  const clock = `${String(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, '0')}`;
  const weekday = weekdayOf(at) - 1;
  const date = `${String(month)}月${String(day)}日`;
  return {
    'zh-Hans': `${date}(周${weekdaysZh[weekday] ?? ''})${clock}`,
    'zh-Hant': `${date}(週${weekdaysZh[weekday] ?? ''})${clock}`,
    en: `${weekdaysEn[weekday] ?? ''} ${String(day)} ${monthsEn[Number(month) - 1] ?? ''}, ${clock}`,
  };
};

const someTime: Words = { 'zh-Hans': '近期', 'zh-Hant': '近期', en: 'soon' };

/** Says before a sentence whose matter it is; nothing where it is the reader's own. */
const aboutElder = (helps: NoticeFacts['helps']): Words => {
  if (helps === undefined) return { 'zh-Hans': '', 'zh-Hant': '', en: '' };
  const { surname, gender } = helps;
  const familiar = `${surname}${gender === 'female' ? '阿姨' : '叔叔'}`;
  return {
    'zh-Hans': `您代${familiar}办的事：`,
    'zh-Hant': `您代${familiar}辦的事：`,
    en: `About ${gender === 'female' ? 'Ms' : 'Mr'} ${surname}, for whom you act: `,
  };
};

const filled = ([hans, hant, en]: Three, { service = anyService, startAt, helps }: NoticeFacts): Words => {
  const when = startAt === undefined ? someTime : whenWords(startAt);
  const about = aboutElder(helps);
  const fill = (sentence: string, locale: Locale): string =>
    about[locale] + sentence.replaceAll('{s}', service[locale]).replaceAll('{w}', when[locale]);
  return { 'zh-Hans': fill(hans, 'zh-Hans'), 'zh-Hant': fill(hant, 'zh-Hant'), en: fill(en, 'en') };
};

/** A notice in words: the short sentence and the long one. */
export const noticeWords = (kind: NoticeKind, facts: NoticeFacts): { short: Words; long: Words } => ({
  short: filled(table[kind].short, facts),
  long: filled(table[kind].long, facts),
});
