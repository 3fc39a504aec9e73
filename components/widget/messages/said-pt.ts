import type { SaidCatalogue } from "./said-sentences.ts";

export const saidPt: SaidCatalogue = {
  "Your sign-in has ended. Sign in again.": "Sua sessão terminou. Entre novamente.",
  "This sign-in was begun in another window. Sign in again here.":
    "Esta entrada foi iniciada em outra janela. Entre novamente aqui.",
  "The server could not be reached. Check the network, then sign in again.":
    "Não foi possível alcançar o servidor. Verifique a rede e entre novamente.",
  "This widget's address is not valid any more, or has no sign-in. Ask your administrator.":
    "O endereço deste widget não vale mais ou não tem entrada. Fale com o administrador.",
  "The sign-in could not be begun. Try again in a moment.":
    "Não foi possível iniciar a entrada. Tente novamente em instantes.",
  "The connection was too slow; nothing was sent.": "A conexão estava lenta demais; nada foi enviado.",
  "It could not be confirmed. Check the conversation before you send it again.":
    "Não foi possível confirmar. Verifique a conversa antes de enviar novamente.",
  "The platform did not answer in time.": "A plataforma não respondeu a tempo.",
  "The platform could not be reached.": "Não foi possível alcançar a plataforma.",
  "This platform does not allow it.": "Esta plataforma não permite isso.",
  "This failed on our side; try again.": "Isto falhou do nosso lado; tente novamente.",
  "Too many requests from this widget; wait a moment.": "Pedidos demais deste widget; aguarde um momento.",
  "Too many widgets at once; try again in a minute.":
    "Widgets demais ao mesmo tempo; tente novamente em um minuto.",
  "This conversation has not begun here yet; try again in a moment.":
    "Esta conversa ainda não começou aqui; tente novamente em instantes.",
  "There is no such conversation.": "Essa conversa não existe.",
  "There is no such suggestion in this conversation.": "Essa sugestão não existe nesta conversa.",
  "There is no such message or wrap-up in this conversation.":
    "Essa mensagem ou encerramento não existe nesta conversa.",
  "This widget session is not valid any more.": "Esta sessão do widget não vale mais.",
  "This widget may not be opened with this token.": "Este widget não pode ser aberto com este token.",
  "This sign-in has ended; sign in again.": "Esta sessão terminou; entre novamente.",
  "You take no part in this conversation.": "Você não participa desta conversa.",
  "You signed in to another organization than the one that this widget belongs to now. Sign in again.":
    "Você entrou em outra organização, não na que este widget tem agora. Entre novamente.",
  "Agents must sign in before this widget opens. If it offers no sign-in, it stands in a page that has none: open it inside the platform's own desktop, with the address from Integrations > Deploy.":
    "Os agentes precisam entrar antes que este widget abra. Se ele não oferece entrada, está em uma página que não a tem: abra-o dentro do desktop da própria plataforma, com o endereço de Integrations > Deploy.",
  "This sign-in was completed already, took too long, or was begun elsewhere.":
    "Esta entrada já foi concluída, demorou demais ou foi iniciada em outro lugar.",
  "The sign-in took too long or was lost on the way. Sign in again.":
    "A entrada demorou demais ou se perdeu no caminho. Entre novamente.",
  "You did not allow the sign-in at {platform}. Nothing was changed.":
    "Você não permitiu a entrada em {platform}. Nada foi alterado.",
  "No card of this conversation cites this passage.": "Nenhuma sugestão desta conversa cita este trecho.",
  "The article has changed since; this passage is gone.":
    "O artigo mudou desde então; este trecho não existe mais.",
  "This id stands for something else already.": "Este identificador já representa outra coisa.",
  "A later save took its place.": "Um salvamento posterior tomou o seu lugar.",
  "Nothing has been said yet.": "Nada foi dito ainda.",
  "Too little has been said to sum it up.": "Foi dito pouco demais para resumir.",
  "None of the customer's words are here yet.": "Ainda não há palavras do cliente aqui.",
  "The model wrote nothing that the conversation supports; these are the words said.":
    "O modelo não escreveu nada que a conversa sustente; estas são as palavras ditas.",
  "The model did not answer; these are the words said. It is tried again with the next.":
    "O modelo não respondeu; estas são as palavras ditas. Na próxima vez, tenta-se novamente.",
  "The model broke off; this is what it had written.":
    "O modelo parou no meio; isto é o que ele havia escrito.",
  "The model did not answer; these are the sources it was given.":
    "O modelo não respondeu; estas são as fontes que recebeu.",
  "The model wrote nothing that the sources support.": "O modelo não escreveu nada que as fontes sustentem.",
  "Suggested by {assistant}.": "Sugerido por {assistant}.",
  "Messages cannot be sent into this conversation.": "Não é possível enviar mensagens a esta conversa.",
  "Genesys Cloud has no such message.": "O Genesys Cloud não tem essa mensagem.",
  "The answer did not come in time.": "A resposta não chegou a tempo.",
  "Genesys Cloud takes no more for the moment. Try again shortly.":
    "O Genesys Cloud não aceita mais nada por enquanto. Tente novamente em breve.",
  "Your sign-in at Genesys Cloud has ended.": "Sua sessão no Genesys Cloud terminou.",
  "Your sign-in at Genesys Cloud has ended. Sign in again.":
    "Sua sessão no Genesys Cloud terminou. Entre novamente.",
  "Your sign-in at Genesys Cloud ends in a few minutes.":
    "Sua sessão no Genesys Cloud termina em poucos minutos.",
  "Sign in to Genesys Cloud again.": "Entre novamente no Genesys Cloud.",
  "Your role in Genesys Cloud lacks {permissions}.": "Falta {permissions} à sua função no Genesys Cloud.",
  "You take no part in this conversation in Genesys Cloud.":
    "Você não participa desta conversa no Genesys Cloud.",
  "You are signed in to the organization {organization}, and this widget belongs to another one: {wanted}. Sign out of Genesys Cloud, then sign in there.":
    "Você entrou na organização {organization}, e este widget pertence a outra: {wanted}. Saia do Genesys Cloud e entre naquela.",
  "Genesys Cloud takes this user's notification channels away: more than 20 are open. Close other tabs and apps.":
    "O Genesys Cloud retira os canais de notificação deste usuário: há mais de 20 abertos. Feche outras abas e aplicativos.",
  "The connection for live updates broke off.": "A conexão das atualizações ao vivo caiu.",
  "Live updates failed for a reason that is not known.":
    "As atualizações ao vivo falharam por um motivo desconhecido.",
  "Your Google sign-in has ended. Sign in again.": "Sua sessão do Google terminou. Entre novamente.",
  "You are signed in with a private account, and this widget belongs to {domains}. Sign in again and choose your work account.":
    "Você entrou com uma conta particular, e este widget pertence a {domains}. Entre novamente e escolha sua conta de trabalho.",
  "You are signed in with an account of {domain}, and this widget belongs to {domains}. Sign in again and choose your work account.":
    "Você entrou com uma conta de {domain}, e este widget pertence a {domains}. Entre novamente e escolha sua conta de trabalho.",
  "The Salesforce page is not connected to the widget.":
    "A página do Salesforce não está conectada ao widget.",
  "The Salesforce page did not answer in time.": "A página do Salesforce não respondeu a tempo.",
  "The Agent Assist component is not on this page, so messages cannot be followed.":
    "O componente Agent Assist não está nesta página, por isso as mensagens não podem ser seguidas.",
  "Messages cannot be handed on; they are kept and tried again.":
    "As mensagens não podem ser entregues; são guardadas e tentadas novamente.",
  "The conversation's log has no such message yet.": "O registro da conversa ainda não tem essa mensagem.",
  "The Agent Desktop Toolkit could not be loaded.": "Não foi possível carregar o Agent Desktop Toolkit.",
  "The Agent Desktop Toolkit could not be used.": "Não foi possível usar o Agent Desktop Toolkit.",
  "The desktop shows this call no more.": "O desktop não mostra mais esta chamada.",
  "The desktop's toolkit takes no summary.": "O toolkit do desktop não aceita resumos.",
  "It goes into the call's log as soon as you save the disposition.":
    "Entra no registro da chamada assim que você salvar a disposição.",
};
