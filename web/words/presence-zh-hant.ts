import type { PresenceCatalogue } from './presence-zh-hans.ts';

/** What is said of showing that one is there and of leaving, in traditional Chinese. */
export const presenceZhHant: PresenceCatalogue = {
  since: '簽到時間',
  checkOutSure: '要結束這次探訪嗎？',
  checkOutYes: '確定簽退',
  notYet: '還沒結束',
  beside: '還可以多留一份證明',
  besideHint: '不留也可以簽到、簽退。',
  place: '記下大概位置',
  placeHint: '只記大概一公里的範圍，不記走過的路。',
  placing: '正在定位…',
  placed: '大概位置記好了，會一起交上去。',
  noPlace: '沒有定到位，沒關係，照樣可以簽到、簽退。',
  placeConsent: '想用位置，請先在「同意事項」裡點同意。',
  consents: '去看「同意事項」',
  photo: '拍一張照片',
  photoHint: '老人答應了再拍。照片只留在您的手機裡，不會傳出去；交上去的只是一串核對用的號碼。',
  photographed: '照片的核對號碼記好了，會一起交上去。請把照片留在手機裡。',
  noPhoto: '這張照片讀不出來。請再拍一張，或者不拍也可以。',
};
