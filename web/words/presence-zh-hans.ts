/** What is said of showing that one is there and of leaving, in simplified Chinese, from which the others take their shape. */
export const presenceZhHans = {
  since: '签到时间',
  checkOutSure: '要结束这次探访吗？',
  checkOutYes: '确定签退',
  notYet: '还没结束',
  beside: '还可以多留一份证明',
  besideHint: '不留也可以签到、签退。',
  place: '记下大概位置',
  placeHint: '只记大概一公里的范围，不记走过的路。',
  placing: '正在定位…',
  placed: '大概位置记好了，会一起交上去。',
  noPlace: '没有定到位，没关系，照样可以签到、签退。',
  placeConsent: '想用位置，请先在“同意事项”里点同意。',
  consents: '去看“同意事项”',
  photo: '拍一张照片',
  photoHint: '老人答应了再拍。照片只留在您的手机里，不会传出去；交上去的只是一串核对用的号码。',
  photographed: '照片的核对号码记好了，会一起交上去。请把照片留在手机里。',
  noPhoto: '这张照片读不出来。请再拍一张，或者不拍也可以。',
};

/** What each language has to say of it. */
export type PresenceCatalogue = typeof presenceZhHans;
