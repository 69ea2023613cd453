//! What sqlx asks a connection to do. A statement runs when its future is first polled, and to its end.
use futures::future::BoxFuture;
use futures::stream::{self, BoxStream, StreamExt};
use sqlx_core::Either;
use sqlx_core::describe::Describe;
use sqlx_core::error::Error;
use sqlx_core::executor::{Execute, Executor};
use sqlx_core::sql_str::SqlStr;

use super::row::{Answer, rows};
use super::{Sqlite, SqliteConnection, SqliteDone, SqliteRow, SqliteStatement};

/// Runs a query. Without arguments it is a batch of statements when nobody wants rows.
async fn run<'q, E>(
    conn: &mut SqliteConnection,
    mut query: E,
    limit: usize,
) -> Result<(Option<Answer>, u64), Error>
where
    E: Execute<'q, Sqlite>,
{
    // A task that asks much lets others have their turn: nothing else here ever waits.
    tokio::task::consume_budget().await;
    let arguments = query.take_arguments().map_err(Error::Encode)?;
    let sql = query.sql();
    match arguments {
        None if limit == 0 => conn.batch(sql.as_str()).map(|changes| (None, changes)),
        arguments => {
            // Statements that touch rows run to their end even when nobody wants what they answer.
            let limit = if limit == 0 { usize::MAX } else { limit };
            let (answer, changes) = conn.run(sql.as_str(), &arguments.unwrap_or_default(), limit)?;
            Ok((Some(answer), changes))
        }
    }
}

fn all(answer: Option<Answer>) -> impl Iterator<Item = SqliteRow> {
    answer.into_iter().flat_map(rows)
}

impl<'c> Executor<'c> for &'c mut SqliteConnection {
    type Database = Sqlite;

    fn execute<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<SqliteDone, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        Box::pin(async move { run(self, query, 0).await.map(|(_, changes)| SqliteDone { changes }) })
    }

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxStream<'e, Result<Either<SqliteDone, SqliteRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        let answered = async move {
            match run(self, query, usize::MAX).await {
                Ok((answer, changes)) => {
                    let done = std::iter::once(Ok(Either::Left(SqliteDone { changes })));
                    stream::iter(all(answer).map(|row| Ok(Either::Right(row))).chain(done)).left_stream()
                }
                Err(error) => stream::iter([Err(error)]).right_stream(),
            }
        };
        Box::pin(stream::once(answered).flatten())
    }

    fn fetch<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Result<SqliteRow, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        let answered = async move {
            match run(self, query, usize::MAX).await {
                Ok((answer, _)) => stream::iter(all(answer).map(Ok)).left_stream(),
                Err(error) => stream::iter([Err(error)]).right_stream(),
            }
        };
        Box::pin(stream::once(answered).flatten())
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<SqliteRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        Box::pin(async move { run(self, query, 1).await.map(|(answer, _)| all(answer).next()) })
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        _: &'e [super::Kind],
    ) -> BoxFuture<'e, Result<SqliteStatement, Error>>
    where
        'c: 'e,
    {
        Box::pin(async move { self.shape(&sql).map(|shape| SqliteStatement { sql, shape }) })
    }

    fn describe<'e>(self, _: SqlStr) -> BoxFuture<'e, Result<Describe<Sqlite>, Error>>
    where
        'c: 'e,
    {
        let unsupported = "statements are not checked at compile time: each has to run on two engines";
        Box::pin(std::future::ready(Err(Error::Protocol(unsupported.to_owned()))))
    }
}
