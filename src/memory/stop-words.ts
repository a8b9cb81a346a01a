/**
 * English and German words that say nothing of a question's subject: the function words, and those that questions to an
 * assistant are made of. A memory is not recalled because it shares one of these. Other languages have no list:
 * there bm25's weighting and the embeddings decide.
 */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are aren as at be because been before being below
  between both but by can cannot could couldn d did didn do does doesn doing don down during each either else
  ever every few for from further get gets getting go goes going got had hadn has hasn have haven having he her
  here hers herself him himself his how however i if in into is isn it its itself just let ll m may me might mine
  more most much must my myself neither no nor not now of off often on once one only or other our ours ourselves
  out over own perhaps quite rather re s same shall she should shouldn so some such t than that the their theirs
  them themselves then there these they this those though through to too under until up upon us ve very was wasn
  we were weren what whatever when where whether which while who whom whose why will with within without won
  would wouldn yet you your yours yourself yourselves
  answer ask best better explain find give good great hello help hi kind know like list look make many mean
  need please question really recommend say see show something take tell thank thanks thing things think try
  understand use want way well work yes
  day days month months time today tomorrow week weeks year years yesterday
  aber als auch auf aus bei bin bis bist da dann darf das dass dein deine dem den denn der des die dies diese dieser
  doch du durch ein eine einem einen einer eines er es für gegen geht gibt habe haben hat hatte ich ihr im ist ja
  jede jeden jeder jedes jetzt kann kannst kein keine können mache machen mein meine meinen meiner mich mir mit muss
  nach nicht noch nun nur ob oder ohne schon sein seine sich sie sind so soll sollte über um und uns unser unter vom
  von vor wann war waren warum welche welchen welcher welches wenn wer werde werden wie wieder will wir wird wo wofür
  wohl würde zu zum zur zwischen viel viele hoch liegt liegen`.split(/\s+/),
);
