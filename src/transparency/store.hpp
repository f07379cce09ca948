#pragma once

#include <optional>
#include <string>
#include <vector>

#include "transparency/transparency.hpp"

// All SQL of transparency: counts over what others keep, and the reports that were published.
namespace kith::transparency::store {

// Each of what happened in the period.
std::int64_t posts(db::ReadTx& tx, const Period& period);
std::int64_t writers(db::ReadTx& tx, const Period& period);
std::vector<Facts::Reports> reports(db::ReadTx& tx, const Period& period);
std::vector<Facts::Opened> opened(db::ReadTx& tx, const Period& period);
std::int64_t escalations(db::ReadTx& tx, const Period& period);
std::vector<Facts::Decided> decided(db::ReadTx& tx, const Period& period);
std::int64_t done_about_posts(db::ReadTx& tx, const Period& period);
std::int64_t asked_again(db::ReadTx& tx, const Period& period);
std::int64_t case_events(db::ReadTx& tx, const Period& period, safeguarding::Step step);
std::int64_t removals_without_report(db::ReadTx& tx, const Period& period);
std::int64_t holds_by_host(db::ReadTx& tx, const Period& period);
std::vector<Facts::Appealed> appeals(db::ReadTx& tx, const Period& period);

std::int64_t least(db::ReadTx& tx);
void set_least(db::Tx& tx, std::int64_t least);

struct Row {
    PublishedId id;
    Time from, until;
    std::int64_t least = 5;
    std::string words;
    Time published_at;
    std::optional<Time> withdrawn_at;
    std::string withdrawn_because;
};
std::vector<Row> published(db::ReadTx& tx);
std::optional<Row> find_published(db::ReadTx& tx, PublishedId id);
std::vector<Figure> figures(db::ReadTx& tx, PublishedId id);
PublishedId insert_published(db::Tx& tx, const Report& report, std::string_view words,
                             std::optional<PersonaId> by);
void insert_figure(db::Tx& tx, PublishedId id, std::int64_t place, const Figure& figure);
void set_withdrawn(db::Tx& tx, PublishedId id, std::string_view because);

}  // namespace kith::transparency::store
