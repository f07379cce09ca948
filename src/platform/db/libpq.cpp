#include "platform/db/libpq.hpp"

#include <dlfcn.h>

#include "platform/db/db.hpp"

namespace kith::db {
namespace {

template <class F>
void load(void* library, const char* name, F& function) {
    function = reinterpret_cast<F>(::dlsym(library, name));
    if (!function) throw Unavailable(std::string("libpq lacks ") + name);
}

Libpq load_all() {
    void* const library = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!library) throw Unavailable("PostgreSQL needs the package libpq5: apt install libpq5");
    Libpq pq{};
    load(library, "PQconnectdbParams", pq.connect);
    load(library, "PQstatus", pq.status);
    load(library, "PQtransactionStatus", pq.transaction_status);
    load(library, "PQbackendPID", pq.backend_pid);
    load(library, "PQerrorMessage", pq.error_message);
    load(library, "PQfinish", pq.finish);
    load(library, "PQexec", pq.exec);
    load(library, "PQprepare", pq.prepare);
    load(library, "PQexecPrepared", pq.exec_prepared);
    load(library, "PQexecParams", pq.exec_params);
    load(library, "PQresultStatus", pq.result_status);
    load(library, "PQresultErrorField", pq.result_error_field);
    load(library, "PQresultErrorMessage", pq.result_error_message);
    load(library, "PQntuples", pq.ntuples);
    load(library, "PQgetvalue", pq.getvalue);
    load(library, "PQgetisnull", pq.getisnull);
    load(library, "PQgetlength", pq.getlength);
    load(library, "PQftype", pq.ftype);
    load(library, "PQcmdTuples", pq.cmd_tuples);
    load(library, "PQclear", pq.clear);
    load(library, "PQconsumeInput", pq.consume_input);
    load(library, "PQnotifies", pq.notifies);
    load(library, "PQfreemem", pq.freemem);
    load(library, "PQsocket", pq.socket);
    load(library, "PQsetNoticeProcessor", pq.set_notice_processor);
    return pq;
}

}  // namespace

const Libpq& Libpq::get() {
    static const Libpq loaded = load_all();
    return loaded;
}

}  // namespace kith::db
