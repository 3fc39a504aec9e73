import type { SaidCatalogue } from "./said-sentences.ts";

export const saidEs: SaidCatalogue = {
  "Your sign-in has ended. Sign in again.": "Su sesión ha terminado. Inicie sesión de nuevo.",
  "This sign-in was begun in another window. Sign in again here.":
    "Este inicio de sesión comenzó en otra ventana. Inicie sesión de nuevo aquí.",
  "The server could not be reached. Check the network, then sign in again.":
    "No se pudo alcanzar el servidor. Compruebe la red e inicie sesión de nuevo.",
  "This widget's address is not valid any more, or has no sign-in. Ask your administrator.":
    "La dirección de este widget ya no es válida o no tiene inicio de sesión. Pregunte a su administrador.",
  "The sign-in could not be begun. Try again in a moment.":
    "No se pudo comenzar el inicio de sesión. Inténtelo de nuevo en un momento.",
  "The connection was too slow; nothing was sent.": "La conexión era demasiado lenta; no se envió nada.",
  "It could not be confirmed. Check the conversation before you send it again.":
    "No se pudo confirmar. Revise la conversación antes de enviarlo de nuevo.",
  "The platform did not answer in time.": "La plataforma no respondió a tiempo.",
  "The platform could not be reached.": "No se pudo alcanzar la plataforma.",
  "This platform does not allow it.": "Esta plataforma no lo permite.",
  "This failed on our side; try again.": "Esto falló por nuestra parte; inténtelo de nuevo.",
  "Too many requests from this widget; wait a moment.":
    "Demasiadas peticiones de este widget; espere un momento.",
  "Too many widgets at once; try again in a minute.":
    "Demasiados widgets a la vez; inténtelo de nuevo en un minuto.",
  "This conversation has not begun here yet; try again in a moment.":
    "Esta conversación aún no ha empezado aquí; inténtelo de nuevo en un momento.",
  "There is no such conversation.": "Esa conversación no existe.",
  "There is no such suggestion in this conversation.": "Esa sugerencia no existe en esta conversación.",
  "There is no such message or wrap-up in this conversation.":
    "Ese mensaje o cierre no existe en esta conversación.",
  "This widget session is not valid any more.": "Esta sesión del widget ya no es válida.",
  "This widget may not be opened with this token.": "Este widget no se puede abrir con este token.",
  "This sign-in has ended; sign in again.": "Esta sesión ha terminado; inicie sesión de nuevo.",
  "You take no part in this conversation.": "Usted no participa en esta conversación.",
  "You signed in to another organization than the one that this widget belongs to now. Sign in again.":
    "Inició sesión en otra organización distinta de la que ahora tiene este widget. Inicie sesión de nuevo.",
  "Agents must sign in before this widget opens. If it offers no sign-in, it stands in a page that has none: open it inside the platform's own desktop, with the address from Integrations > Deploy.":
    "Los agentes deben iniciar sesión antes de que se abra este widget. Si no ofrece inicio de sesión, está en una página que no lo tiene: ábralo dentro del escritorio de la propia plataforma, con la dirección de Integrations > Deploy.",
  "This sign-in was completed already, took too long, or was begun elsewhere.":
    "Este inicio de sesión ya se completó, tardó demasiado o comenzó en otro lugar.",
  "The sign-in took too long or was lost on the way. Sign in again.":
    "El inicio de sesión tardó demasiado o se perdió en el camino. Inicie sesión de nuevo.",
  "You did not allow the sign-in at {platform}. Nothing was changed.":
    "No permitió el inicio de sesión en {platform}. No se cambió nada.",
  "No card of this conversation cites this passage.":
    "Ninguna sugerencia de esta conversación cita este pasaje.",
  "The article has changed since; this passage is gone.":
    "El artículo ha cambiado desde entonces; este pasaje ya no existe.",
  "This id stands for something else already.": "Este identificador ya representa otra cosa.",
  "A later save took its place.": "Un guardado posterior ocupó su lugar.",
  "Nothing has been said yet.": "Todavía no se ha dicho nada.",
  "Too little has been said to sum it up.": "Se ha dicho demasiado poco para resumirlo.",
  "None of the customer's words are here yet.": "Todavía no hay aquí palabras del cliente.",
  "The model wrote nothing that the conversation supports; these are the words said.":
    "El modelo no escribió nada que la conversación respalde; estas son las palabras dichas.",
  "The model did not answer; these are the words said. It is tried again with the next.":
    "El modelo no respondió; estas son las palabras dichas. Se intenta de nuevo con el siguiente.",
  "The model broke off; this is what it had written.":
    "El modelo se interrumpió; esto es lo que había escrito.",
  "The model did not answer; these are the sources it was given.":
    "El modelo no respondió; estas son las fuentes que recibió.",
  "The model wrote nothing that the sources support.":
    "El modelo no escribió nada que las fuentes respalden.",
  "Suggested by {assistant}.": "Sugerido por {assistant}.",
  "Messages cannot be sent into this conversation.": "No se pueden enviar mensajes a esta conversación.",
  "Genesys Cloud has no such message.": "Genesys Cloud no tiene ese mensaje.",
  "The answer did not come in time.": "La respuesta no llegó a tiempo.",
  "Genesys Cloud takes no more for the moment. Try again shortly.":
    "Genesys Cloud no acepta más por el momento. Inténtelo de nuevo en breve.",
  "Your sign-in at Genesys Cloud has ended.": "Su sesión en Genesys Cloud ha terminado.",
  "Your sign-in at Genesys Cloud has ended. Sign in again.":
    "Su sesión en Genesys Cloud ha terminado. Inicie sesión de nuevo.",
  "Your sign-in at Genesys Cloud ends in a few minutes.":
    "Su sesión en Genesys Cloud termina en unos minutos.",
  "Sign in to Genesys Cloud again.": "Inicie sesión de nuevo en Genesys Cloud.",
  "Your role in Genesys Cloud lacks {permissions}.": "A su rol en Genesys Cloud le falta {permissions}.",
  "You take no part in this conversation in Genesys Cloud.":
    "Usted no participa en esta conversación en Genesys Cloud.",
  "You are signed in to the organization {organization}, and this widget belongs to another one: {wanted}. Sign out of Genesys Cloud, then sign in there.":
    "Ha iniciado sesión en la organización {organization}, y este widget pertenece a otra: {wanted}. Cierre la sesión de Genesys Cloud e inicie sesión allí.",
  "Genesys Cloud takes this user's notification channels away: more than 20 are open. Close other tabs and apps.":
    "Genesys Cloud retira los canales de notificación de este usuario: hay más de 20 abiertos. Cierre otras pestañas y aplicaciones.",
  "The connection for live updates broke off.": "Se cortó la conexión de las actualizaciones en vivo.",
  "Live updates failed for a reason that is not known.":
    "Las actualizaciones en vivo fallaron por un motivo desconocido.",
  "Your Google sign-in has ended. Sign in again.":
    "Su sesión de Google ha terminado. Inicie sesión de nuevo.",
  "You are signed in with a private account, and this widget belongs to {domains}. Sign in again and choose your work account.":
    "Ha iniciado sesión con una cuenta privada, y este widget pertenece a {domains}. Inicie sesión de nuevo y elija su cuenta de trabajo.",
  "You are signed in with an account of {domain}, and this widget belongs to {domains}. Sign in again and choose your work account.":
    "Ha iniciado sesión con una cuenta de {domain}, y este widget pertenece a {domains}. Inicie sesión de nuevo y elija su cuenta de trabajo.",
  "The Salesforce page is not connected to the widget.":
    "La página de Salesforce no está conectada con el widget.",
  "The Salesforce page did not answer in time.": "La página de Salesforce no respondió a tiempo.",
  "The Agent Assist component is not on this page, so messages cannot be followed.":
    "El componente Agent Assist no está en esta página, así que no se pueden seguir los mensajes.",
  "Messages cannot be handed on; they are kept and tried again.":
    "Los mensajes no se pueden entregar; se guardan y se intentan de nuevo.",
  "The conversation's log has no such message yet.":
    "El registro de la conversación aún no tiene ese mensaje.",
  "The Agent Desktop Toolkit could not be loaded.": "No se pudo cargar el Agent Desktop Toolkit.",
  "The Agent Desktop Toolkit could not be used.": "No se pudo usar el Agent Desktop Toolkit.",
  "The desktop shows this call no more.": "El escritorio ya no muestra esta llamada.",
  "The desktop's toolkit takes no summary.": "El toolkit del escritorio no acepta resúmenes.",
  "It goes into the call's log as soon as you save the disposition.":
    "Pasa al registro de la llamada en cuanto guarde la disposición.",
};
