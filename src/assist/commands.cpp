#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "assist/assist.hpp"
#include "assist/evaluate.hpp"
#include "assist/rules.hpp"
#include "platform/json/writer.hpp"

namespace kith::assist {
namespace {

using cli::Invocation;
using cli::print;

// ---- evaluate ----------------------------------------------------------------------------------------------

std::string number(double value, int digits) {
    char out[32];
    std::snprintf(out, sizeof out, "%.*f", digits, value);
    return out;
}

std::string of(double part, double whole) { return number(part, 0) + " of " + number(whole, 0); }

std::string in_words(const Evaluation& e) {
    const Counts& c = e.counts;
    const double flagged = c.flagged_right + c.flagged_wrong, positives = c.flagged_right + c.missed;
    std::string out = "n              " + std::to_string(e.tested) + ", " + std::to_string(e.positives) +
                      " with label 1; learned from " + std::to_string(e.trained) + "\n";
    if (e.in_both)
        out += "               " + std::to_string(e.in_both) +
               " of the texts tested were learned from as well, which flatters\n";
    out += "AUC            " + number(e.auc.value, 3) + " (95 % " + number(e.auc.low, 3) + " to " +
           number(e.auc.high, 3) + ")\n";
    out += "macro-F1       " + number(c.macro_f1(), 3) + "\n";
    out += "precision      " + number(c.precision(), 3) + " (" + of(c.flagged_right, flagged) + ")\n";
    out += "recall         " + number(c.recall(), 3) + " (" + of(c.flagged_right, positives) + ")\n";
    for (std::size_t i = 0; i < loads_percent.size(); ++i) {
        std::string load = "recall at " + std::to_string(loads_percent[i]) + " %";
        load.resize(15, ' ');
        out += load + number(e.at_load[i].recall, 3) + ", precision " + number(e.at_load[i].precision, 3) +
               "\n";
    }
    out += "calibration    " + number(e.calibration_error, 3) + " off in the mean\n";
    out += "training       " + number(e.train_s, 2) + " s\n";
    out += "a post         " + number(e.us_per_post, 1) + " microseconds\n";
    if (e.model_bytes) out += "model          " + std::to_string(e.model_bytes) + " bytes\n";
    return out;
}

void add_at_load(JsonWriter& j, std::string_view name, const Evaluation& e, double AtLoad::* figure) {
    j.object(name);
    for (std::size_t i = 0; i < loads_percent.size(); ++i)
        j.member(std::to_string(loads_percent[i]), e.at_load[i].*figure);
    j.end();
}

void add_evaluation(JsonWriter& j, const Evaluation& e) {
    j.object()
        .member("n", e.tested)
        .member("positives", e.positives)
        .member("trained", e.trained)
        .member("in_both", e.in_both)
        .member("auc", e.auc.value)
        .member("auc_low", e.auc.low)
        .member("auc_high", e.auc.high)
        .member("macro_f1", e.counts.macro_f1())
        .member("threshold", e.threshold)
        .member("precision", e.counts.precision())
        .member("recall", e.counts.recall());
    add_at_load(j, "recall_at", e, &AtLoad::recall);
    add_at_load(j, "precision_at", e, &AtLoad::precision);
    j.member("ece", e.calibration_error)
        .member("train_s", e.train_s)
        .member("us_per_post", e.us_per_post)
        .member("model_bytes", e.model_bytes)
        .end();
}

Result<Evaluation> evaluation_of(const Invocation& call) {
    const auto task = from_word<Task>(call.value("task"));
    if (!task) return fail(Fault::invalid, "There is no such task: crisis, spam, empathy.", "task");
    if (call.has("rules-only") && call.has("no-rules"))
        return fail(Fault::invalid, "Please choose one of --rules-only and --no-rules.", "rules-only");
    const Means means = call.has("rules-only") ? Means::rules_only
                        : call.has("no-rules") ? Means::no_rules
                                               : Means::both;
    const auto train = TRY(read_labelled(call.value("train")));
    const auto test = TRY(read_labelled(call.value("test")));
    return evaluate(*task, means, train, test);
}

int run_evaluate(Invocation& call) {
    const auto result = evaluation_of(call);
    if (!result) return cli::report(call, result.error());
    JsonWriter j;
    add_evaluation(j, *result);
    return print(call, j, in_words(*result));
}

// ---- rules -------------------------------------------------------------------------------------------------

Result<std::string> file_at(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(Fault::not_found, "There is no file " + path + ".");
    return std::string(std::istreambuf_iterator<char>(in), {});
}

int print_check(Invocation& call, const Rules& rules) {
    const std::vector<std::string> wrong = rules.wrong_examples();
    JsonWriter j;
    j.object().member("rules", rules.size()).member("examples", rules.examples()).array("wrong");
    std::string words = std::to_string(rules.size()) + " rules, " + std::to_string(rules.examples()) +
                        " examples, " + std::to_string(wrong.size()) +
                        " of them judged otherwise than they say.\n";
    for (const std::string& one : wrong) {
        j.value(one);
        words += one + "\n";
    }
    j.end().end();
    print(call, j, words);
    return wrong.empty() ? 0 : cli::exit_code(Fault::invalid);
}

int run_rules(Invocation& call) {
    if (!call.has("file")) return print_check(call, Rules::built_in());
    const auto file = file_at(call.value("file"));
    if (!file) return cli::report(call, file.error());
    const std::string_view files[] = {*file};
    const auto rules = Rules::parse(files);
    if (!rules) return cli::report(call, rules.error());
    return print_check(call, *rules);
}

}  // namespace

std::vector<cli::Command> commands() {
    using Kind = cli::Option::Kind;
    return {
        {.name = "assist evaluate",
         .summary = "measure rules and learning on texts with labels",
         .options = {{.name = "task", .help = "crisis, spam or empathy", .required = true},
                     {.name = "train", .help = "file to learn from: label<TAB>text", .required = true},
                     {.name = "test", .help = "file to test on", .required = true},
                     {.name = "rules-only", .help = "without learning", .kind = Kind::flag},
                     {.name = "no-rules", .help = "without rules", .kind = Kind::flag}},
         .run_alone = run_evaluate},
        {.name = "assist rules",
         .summary = "check the rules, or a file of rules, against their examples",
         .options = {{.name = "file", .help = "a file of rules", .kind = Kind::word}},
         .run_alone = run_rules},
    };
}

}  // namespace kith::assist
