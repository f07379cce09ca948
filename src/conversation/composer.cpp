#include "conversation/sending.hpp"
#include "conversation/views.hpp"
#include "pictures/pictures.hpp"
#include "platform/json/writer.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

bool is_about(const ComposerView& view, std::string_view field) {
    return view.error && view.error->field == field;
}

// Label, then what is wrong; ends inside the tag of the input, with what ties it to them.
void begin_field(Html& h, const Words& words, const ComposerView& view, std::string_view id,
                 std::string_view label) {
    h << "<div class=\"field\"><label for=\"" << id << "\">" << label << "</label>";
    if (is_about(view, id))
        h << "<p class=\"error\" id=\"" << id << "-error\">" << words.say(*view.error) << "</p>";
}

void attributes(Html& h, const ComposerView& view, std::string_view id) {
    h << " id=\"" << id << "\" name=\"" << id << "\" form=\"" << view.form << "\" dir=\"auto\"";
    const bool wrong = is_about(view, id), has_hint = id == "text";
    if (wrong) h << " aria-invalid=\"true\"";
    if (!wrong && !has_hint) return;
    h << " aria-describedby=\"";
    if (wrong) h << id << "-error";
    if (has_hint) h << (wrong ? std::string_view(" text-hint") : "text-hint");
    h << "\"";
}

void line(Html& h, const ComposerView& view, std::string_view id, std::string_view value, std::size_t most) {
    h << "<input";
    attributes(h, view, id);
    h << " maxlength=\"" << most << "\" autocomplete=\"off\" value=\"" << value << "\"></div>";
}

void keeping_words(JsonWriter& j, const Words& words) {
    j.member("saved", words.f("Saved %1", "%s"))
        .member("not_saved", words.t("Not saved yet. Your words are still here. We keep trying."))
        .member("elsewhere",
                words.t("You also wrote here in another window or on another device. Nothing is lost."))
        .member("keep_these", words.t("Keep the words I wrote here"))
        .member("keep_those", words.t("Keep the words I wrote there"))
        .member("signed_out", words.t("You have been signed out. Your words are still here."))
        .member("sign_in_as", words.f("Sign in again as %1", "%s"))
        .member("password", words.t("Password"))
        .member("sign_in", words.t("Sign in"))
        .member("other_ways", words.t("Sign in another way (in a new tab)"))
        .member("one_more_step", words.t("One more step (in a new tab)"));
}

// What the scripts say: the toolbar, quoting, answering and keeping.
std::string script_words(const Words& words) {
    JsonWriter j;
    j.object()
        .member("toolbar", words.t("Formatting"))
        .member("bold", words.t("Bold"))
        .member("italic", words.t("Italic"))
        .member("list", words.t("List"))
        .member("quote", words.t("Quote"))
        .member("link", words.t("Link"))
        .member("spoiler", words.t("Hide"))
        .member("replying", words.f("Replying to: %1", "%s"))
        .member("to_everyone", words.t("Reply to everyone"));
    keeping_words(j, words);
    j.end();
    return j.str();
}

void text_field(Html& h, const Words& words, const ComposerView& view) {
    begin_field(h, words, view, "text", words.t("Your words"));
    h << "<p class=\"hint\" id=\"text-hint\">"
      << words.t("Write @ before a name, and that person hears of it: @Quiet Fox") << "</p><textarea";
    attributes(h, view, "text");
    h << " rows=\"8\" data-toolbar data-draft=\"" << view.draft << "\" data-words=\"" << script_words(words)
      << "\">" << (view.markdown.empty() ? std::string() : "\n" + view.markdown) << "</textarea></div>";
}

}  // namespace

void note_boxes(Html& h, const Words& words, const NoteBoxes& boxes) {
    h << "<fieldset class=\"choices boxes\" id=\"notes\"><legend>" << words.t("What might be hard to read?")
      << "</legend><p class=\"hint\">" << words.t("People choose whether they open it.") << "</p>";
    for (const content_notes::Note& note : boxes.note_list) {
        const bool is_ticked = boxes.ticked.has(note.id);
        if (!note.offered && !is_ticked) continue;
        h << "<label class=\"choice\"><input type=\"checkbox\" name=\"notes\" value=\"" << note.id.value()
          << "\"";
        if (!boxes.form.empty()) h << " form=\"" << boxes.form << "\"";
        if (is_ticked) h << " checked";
        h << "><span>" << words.t(note.words) << "</span></label>";
    }
    h << "</fieldset>";
}

namespace {

void note_field(Html& h, const Words& words, const ComposerView& view) {
    h << "<details class=\"more-fields\"";
    if (!view.note.empty() || !view.notes.empty() || is_about(view, "note")) h << " open";
    h << "><summary>" << words.t("Add a content note") << "</summary>";
    note_boxes(h, words, {.note_list = view.note_list, .ticked = view.notes, .form = view.form});
    begin_field(h, words, view, "note", words.t("Something else, in a few words"));
    line(h, view, "note", view.note, note_most);
    h << "</details>";
}

// Adds it to the words where they end; scripts do so where one writes, and take pictures that are dropped or pasted.
void picture_field(Html& h, const Words& words, const ComposerView& view) {
    const bool wrong = is_about(view, "picture") || is_about(view, "picture_words") ||
                       !view.picture_words.empty();
    h << "<details class=\"more-fields\" id=\"picture-fields\" data-failed=\""
      << words.t("The picture could not be sent. Please try again.") << "\"";
    if (wrong) h << " open";
    h << "><summary>" << words.t("Add a picture") << "</summary>";
    begin_field(h, words, view, "picture", words.t("A photo or a drawing"));
    h << "<p class=\"hint\">"
      << words.t("Where and when it was taken is removed. Look out for faces and names.")
      << "</p><input type=\"file\" accept=\"image/jpeg,image/png,image/webp,image/gif\"";
    attributes(h, view, "picture");
    h << "></div>";
    begin_field(h, words, view, "picture_words",
                words.t("What can be seen on it, for people who cannot see it"));
    line(h, view, "picture_words", view.picture_words, pictures::words_most);
    h << "<label class=\"choice\"><input type=\"checkbox\" name=\"picture_blur\" value=\"yes\" form=\""
      << view.form << "\"";
    if (view.picture_blur) h << " checked";
    h << "><span>" << words.t("Blur it until somebody taps it")
      << "</span></label><button class=\"button quiet\" id=\"picture-add\" form=\"" << view.form
      << "\" formaction=\"" << view.action
      << "\" formenctype=\"multipart/form-data\" name=\"picture_add\" value=\"yes\" data-sending=\""
      << words.t("Adding the picture") << "\">" << words.t("Add the picture") << "</button></details>";
}

void voice_choice(Html& h, const ComposerView& view, Voice voice, std::string_view words) {
    h << "<label class=\"choice\"><input type=\"radio\" name=\"voice\" form=\"" << view.form << "\" value=\""
      << to_word(voice) << "\"";
    if (view.voice == voice) h << " checked";
    h << "><span>" << words << "</span></label>";
}

void voice_field(Html& h, const Words& words, const ComposerView& view) {
    if (!view.voice) return;
    h << "<fieldset class=\"choices\" id=\"voice\" aria-describedby=\"voice-hint\"><legend>"
      << words.t("Post as") << "</legend><p class=\"hint\" id=\"voice-hint\">"
      << words.t(
             "Anonymous: nobody here sees that it is you. Only if somebody may be in danger can two people "
             "who "
             "look after the group find out together.")
      << "</p>";
    voice_choice(h, view, Voice::name, words.t("My name here"));
    voice_choice(h, view, Voice::anonymous, words.t("Anonymous in this thread"));
    h << "</fieldset>";
}

}  // namespace

void composer(Html& h, const Words& words, const ComposerView& view) {
    // The first button of a form is the one that Enter presses.
    h << "<button class=\"visually-hidden\" tabindex=\"-1\" aria-hidden=\"true\" form=\"" << view.form
      << "\" formaction=\"" << view.action << "\"></button>";
    if (view.with_title) {
        begin_field(h, words, view, "title", words.t("Title"));
        line(h, view, "title", view.title, title_most);
    }
    text_field(h, words, view);
    if (view.reply_to > 0)
        h << "<input type=\"hidden\" name=\"reply_to\" form=\"" << view.form << "\" value=\"" << view.reply_to
          << "\">";
    note_field(h, words, view);
    picture_field(h, words, view);
    voice_field(h, words, view);
    h << "<div class=\"send-buttons\"><button class=\"button\" form=\"" << view.form << "\" formaction=\""
      << view.action << "\" data-sending=\"" << words.t("Sending") << "\">" << view.send_words
      << "</button> <button class=\"button quiet\" form=\"" << view.form << "\" formaction=\"" << view.action
      << "\" name=\"preview\" value=\"yes\">" << words.t("Preview")
      << "</button><noscript><button class=\"button quiet\" form=\"" << view.form << "\" formaction=\""
      << view.draft << "\">" << words.t("Save for later") << "</button></noscript></div>";
}

void preview_box(Html& h, const Words& words, const ComposerView& view, std::string_view under_which_name) {
    const Post post{
        .html = html_of(kept_text(view.markdown)), .note = text::one_line(view.note), .notes = view.notes};
    h << "<section class=\"preview\" aria-labelledby=\"preview-heading\"><h2 id=\"preview-heading\">"
      << words.t("What others will see") << "</h2><p class=\"meta\">" << under_which_name
      << "</p><article class=\"post\">";
    if (view.with_title) h << "<h3 dir=\"auto\">" << text::one_line(view.title) << "</h3>";
    post_text(h, post, view.note_list, words);
    h << "</article></section>";
}

}  // namespace kith::conversation
